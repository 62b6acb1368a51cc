import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import {
  applyMeshConfig,
  defaultMeshConfig,
  defaultProxyConfig,
  effectiveProxyConfig,
  indexProxyConfigResources,
  readProxyConfigResource,
} from '../../src/mesh/index.ts';

function resource(
  namespace: string,
  name: string,
  created: string,
  spec: JsonObject,
): ReturnType<typeof readProxyConfigResource> {
  return readProxyConfigResource({
    apiVersion: 'networking.istio.io/v1beta1',
    kind: 'ProxyConfig',
    metadata: { namespace, name, creationTimestamp: created },
    spec,
  });
}

const mesh = applyMeshConfig('defaultConfig: {concurrency: 1, proxyMetadata: {M: mesh}}');
const first = '2026-01-01T00:00:00Z';
const later = '2026-01-02T00:00:00Z';

describe('effectiveProxyConfig', () => {
  it('is the very same object for the same sources', () => {
    const sources = { mesh, annotation: undefined, namespace: 'a', labels: {} };
    expect(effectiveProxyConfig(sources)).toBe(
      effectiveProxyConfig({ ...sources, namespace: 'b' }),
    );
    const annotated = { ...sources, annotation: 'concurrency: 5' };
    expect(effectiveProxyConfig(annotated)).toBe(effectiveProxyConfig({ ...annotated }));
  });

  it('lays the mesh config over the built-in defaults', () => {
    const config = effectiveProxyConfig({
      mesh: { defaultConfig: { concurrency: 2 } },
      annotation: undefined,
      namespace: 'a',
      labels: {},
    });
    expect(config).toEqual({ ...defaultProxyConfig(), concurrency: 2 });
  });

  it('lays root, namespace, annotation and workload over each other in this order', () => {
    const resources = indexProxyConfigResources([
      resource('istio-system', 'root', first, {
        concurrency: 2,
        environmentVariables: { R: 'root', N: 'root', A: 'root', W: 'root' },
      }),
      resource('ns', 'all', first, { environmentVariables: { N: 'ns', A: 'ns', W: 'ns' } }),
      resource('ns', 'some', first, {
        selector: { matchLabels: { app: 'x' } },
        environmentVariables: { W: 'workload' },
        image: { imageType: 'debug' },
      }),
    ]);
    const config = effectiveProxyConfig({
      mesh,
      annotation: 'proxyMetadata: {A: pod, W: pod}\nimage: {imageType: distroless}',
      resources,
      namespace: 'ns',
      labels: { app: 'x', more: 'y' },
    });
    expect({ ...config.proxyMetadata }).toEqual({
      M: 'mesh',
      R: 'root',
      N: 'ns',
      A: 'pod',
      W: 'workload',
    });
    expect(config.concurrency).toBe(2);
    expect(config.image).toEqual({ imageType: 'debug' });
  });

  it('takes the oldest of several, then the first by name', () => {
    const resources = indexProxyConfigResources([
      resource('ns', 'newer', later, { concurrency: 3 }),
      resource('ns', 'b', first, { concurrency: 2 }),
      resource('ns', 'a', first, { environmentVariables: { K: 'v' } }),
    ]);
    const config = effectiveProxyConfig({
      mesh,
      annotation: undefined,
      resources,
      namespace: 'ns',
      labels: {},
    });
    expect(config.concurrency).toBe(1);
    expect(config.proxyMetadata?.['K']).toBe('v');
  });

  it('applies a resource of the root namespace once, and none when no root is named', () => {
    const resources = indexProxyConfigResources([
      resource('istio-system', 'root', first, { concurrency: 9 }),
    ]);
    const at = (rootNamespace: string, namespace: string) =>
      effectiveProxyConfig({
        mesh: { ...mesh, rootNamespace },
        annotation: undefined,
        resources,
        namespace,
        labels: {},
      }).concurrency;
    expect(at('istio-system', 'istio-system')).toBe(9);
    expect(at('istio-system', 'other')).toBe(9);
    expect(at('', 'other')).toBe(1);
    expect(at('', 'istio-system')).toBe(9);
  });

  it('needs every label of a selector, and an empty selector matches nothing', () => {
    const resources = indexProxyConfigResources([
      resource('ns', 'empty', first, { selector: { matchLabels: {} }, concurrency: 7 }),
      resource('ns', 'bare', first, { selector: {}, concurrency: 7 }),
      resource('ns', 'two', first, {
        selector: { matchLabels: { app: 'x', tier: 'y' } },
        concurrency: 8,
      }),
    ]);
    const at = (labels: { [key: string]: string }) =>
      effectiveProxyConfig({ mesh, annotation: undefined, resources, namespace: 'ns', labels })
        .concurrency;
    expect(at({})).toBe(1);
    expect(at({ app: 'x' })).toBe(1);
    expect(at({ app: 'x', tier: 'z' })).toBe(1);
    expect(at({ app: 'x', tier: 'y' })).toBe(8);
  });

  it('reads nothing but concurrency, environment and image from a resource', () => {
    expect(
      resource('ns', 'n', first, {
        concurrency: 0,
        image: {},
        environmentVariables: { A: 'b' },
        statusPort: 5,
      }).config,
    ).toEqual({ concurrency: 0, image: {}, proxyMetadata: { A: 'b' } });
  });

  it('refuses a resource that it cannot read, by name', () => {
    expect(() => resource('ns', 'n', first, { concurrency: 'many' })).toThrow(
      /^ProxyConfig ns\/n cannot be read: .*\(at concurrency\)$/,
    );
  });

  it('leaves the defaults as they are', () => {
    expect(Object.isFrozen(defaultMeshConfig())).toBe(true);
    expect(Object.isFrozen(defaultProxyConfig())).toBe(true);
  });
});
