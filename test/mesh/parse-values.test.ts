import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { parseValues } from '../../src/mesh/index.ts';

function failure(text: string): OutriggerError {
  try {
    parseValues(text);
  } catch (error) {
    if (error instanceof OutriggerError) return error;
    throw error;
  }
  throw new Error('accepted');
}

describe('parseValues', () => {
  it('reads what code needs and keeps the whole for the templates', () => {
    const text = JSON.stringify({
      global: {
        hub: 'h',
        tag: 1.12,
        variant: 'debug',
        network: 'n',
        proxy: { image: 'p', holdApplicationUntilProxyStarts: false },
        proxy_init: { image: 'i' },
        multiCluster: { clusterName: 'c' },
      },
      sidecarInjectorWebhook: { rewriteAppHTTPProbe: true },
      custom: { anything: [1] },
    });
    const { typed, map } = parseValues(text);
    expect(typed).toEqual({
      hub: 'h',
      tag: 1.12,
      variant: 'debug',
      proxyImage: 'p',
      proxyInitImage: 'i',
      clusterName: 'c',
      network: 'n',
      holdApplicationUntilProxyStarts: false,
      rewriteAppHttpProbe: true,
    });
    expect(map).toEqual(JSON.parse(text));
  });

  it.each(['', 'null', '{}'])('gives an empty map for %j', (text) => {
    const { typed, map } = parseValues(text);
    expect(map).toEqual({});
    expect(typed.hub).toBe('');
    expect(typed.rewriteAppHttpProbe).toBeUndefined();
  });

  it('tells a tag that is null from one that is absent', () => {
    expect(parseValues('global: {tag: null}').typed.tag).toBeNull();
    expect(parseValues('global: {}').typed.tag).toBeUndefined();
    expect(parseValues('global: {tag: 5}').typed.tag).toBe(5);
  });

  it.each([
    'unknown: 5\nglobal: {unknown: [x]}',
    'resources: null',
    'global: {proxy: {resources: {limits: {cpu: null}}}}',
    'global: {proxy: {statusPort: "15020", tracer: zipkin}}',
    'gateways: {securityContext: 5, seccompProfile: {}}',
    'pilot: {cni: {enabled: true, provider: default}, env: {A: 1}, rollingMaxSurge: 100%}',
    'cni: {resource_quotas: {enabled: true, pods: 5000}}',
    'istio_cni: {enabled: true}',
  ])('accepts %s', (text) => {
    expect(parseValues(text).map).toBeTypeOf('object');
  });

  it.each([
    ['global: 5', 'global'],
    ['global: {hub: 5}', 'global.hub'],
    ['global: {multiCluster: {clusterName: 7}}', 'global.multiCluster.clusterName'],
    ['global: {proxy: {privileged: "no"}}', 'global.proxy.privileged'],
    ['global: {proxy: {tracer: foo}}', 'global.proxy.tracer'],
    ['global: {proxy: {statusPort: -1}}', 'global.proxy.statusPort'],
    ['global: {proxy: {resources: {limits: {cpu: 1}}}}', 'global.proxy.resources.limits.cpu'],
    ['global: {imagePullSecrets: secret}', 'global.imagePullSecrets'],
    ['global: {imagePullSecrets: [5]}', 'global.imagePullSecrets[0]'],
    ['global: {resourceScope: galaxy}', 'global.resourceScope'],
    ['global: {defaultNodeSelector: x}', 'global.defaultNodeSelector'],
    [
      'sidecarInjectorWebhook: {rewriteAppHTTPProbe: 1}',
      'sidecarInjectorWebhook.rewriteAppHTTPProbe',
    ],
    [
      'sidecarInjectorWebhook: {neverInjectSelector: [5]}',
      'sidecarInjectorWebhook.neverInjectSelector[0]',
    ],
    ['pilot: {cni: {enabled: "yes"}}', 'pilot.cni.enabled'],
    ['revision: 5', 'revision'],
  ])('refuses %s and names the place', (text, path) => {
    const error = failure(text);
    expect(error.code).toBe('OUTRIGGER_VALUES');
    expect(error.message).toMatch(/^could not parse configuration values: /);
    expect(error.message).toContain(`(at ${path})`);
    expect(error.place.path).toBe(path);
    expect(error.hint).toBeDefined();
  });

  it('refuses what is no object, and what is no YAML', () => {
    expect(failure('- a').message).toBe(
      'could not parse configuration values: json: cannot unmarshal array into Go value of type map[string]json.RawMessage',
    );
    expect(failure('a: [').message).toMatch(/^could not parse configuration values: yaml: /);
  });
});
