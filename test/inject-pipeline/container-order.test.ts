import { describe, expect, it } from 'vitest';
import { orderContainers } from '../../src/inject/postprocess/container-order.ts';
import { context, noValues } from './postprocess-context.ts';

const named = (names: string) => names.split(' ').map((name) => ({ name }));

function ordered(list: 'containers' | 'initContainers', names: string, over = {}) {
  const pod = orderContainers({ spec: { [list]: named(names) } }, context(over));
  return pod.spec?.[list]?.map(({ name }) => name).join(' ');
}

const holding = { mesh: { defaultConfig: { holdApplicationUntilProxyStarts: true } } };
const annotatedWith = (config: string) => ({
  original: { metadata: { annotations: { 'proxy.istio.io/config': config } } },
});

describe('the order of containers', () => {
  it('puts the proxy last, or first when the application is to wait for it', () => {
    expect(ordered('containers', 'istio-proxy a b')).toBe('a b istio-proxy');
    expect(ordered('containers', 'a b istio-proxy', holding)).toBe('istio-proxy a b');
    expect(ordered('containers', 'a b', holding)).toBe('a b');
  });

  it('lets the pod’s annotation decide over the mesh, but not over the values', () => {
    const yes = annotatedWith('holdApplicationUntilProxyStarts: true');
    const no = annotatedWith('holdApplicationUntilProxyStarts: false');
    const values = { values: { ...noValues, holdApplicationUntilProxyStarts: true } };
    expect(ordered('containers', 'a istio-proxy', yes)).toBe('istio-proxy a');
    expect(ordered('containers', 'a istio-proxy', { ...holding, ...no })).toBe('a istio-proxy');
    expect(ordered('containers', 'a istio-proxy', { ...values, ...no })).toBe('istio-proxy a');
  });

  it('refuses an annotation that is no proxy config', () => {
    expect(() => ordered('containers', 'a', annotatedWith('concurrency: two'))).toThrow(
      'could not parse proxy config',
    );
  });

  it('starts a native proxy after capture is set up and before all else', () => {
    expect(
      ordered('initContainers', 'x enable-core-dump istio-proxy y istio-validation istio-init'),
    ).toBe('istio-init istio-validation istio-proxy enable-core-dump x y');
    expect(ordered('initContainers', 'x istio-proxy')).toBe('istio-proxy x');
  });

  it('sets up capture after the other init containers when the proxy is a regular container', () => {
    expect(ordered('initContainers', 'enable-core-dump istio-init x istio-validation y')).toBe(
      'istio-validation x y istio-init enable-core-dump',
    );
  });

  it('keeps the last of several containers of a moved name', () => {
    const containers = [
      { name: 'istio-proxy', image: '1' },
      { name: 'a' },
      { name: 'istio-proxy', image: '2' },
    ];
    const pod = orderContainers({ spec: { containers } }, context());
    expect(pod.spec?.containers).toEqual([{ name: 'a' }, { name: 'istio-proxy', image: '2' }]);
  });
});
