import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import type { ProxyConfig } from '../../src/mesh/index.ts';
import {
  defaultProxyConfig,
  effectiveProxyConfig,
  encodeProxyConfigWithoutDefaults,
  mergeProxyConfig,
  offlineMeshConfig,
} from '../../src/mesh/index.ts';

describe('mergeProxyConfig', () => {
  it('overlays the metadata by key, an empty text counts', () => {
    const merged = mergeProxyConfig(
      { proxyMetadata: { A: '1', B: '2' } },
      'proxyMetadata: {B: "", C: "3"}',
    );
    expect({ ...merged.proxyMetadata }).toEqual({ A: '1', B: '', C: '3' });
  });

  it('keeps the metadata for an empty map or null, and has none when both are absent', () => {
    const base: ProxyConfig = { proxyMetadata: { A: '1' } };
    expect({ ...mergeProxyConfig(base, 'proxyMetadata: {}').proxyMetadata }).toEqual({ A: '1' });
    expect(mergeProxyConfig(base, 'proxyMetadata: null')).toEqual(base);
    expect('proxyMetadata' in mergeProxyConfig({}, 'proxyMetadata: {}')).toBe(false);
  });

  it('lets five of the proxy headers fall back to the old ones, and no others', () => {
    const base: ProxyConfig = {
      proxyHeaders: {
        forwardedClientCert: 1,
        requestId: { disabled: true },
        attemptCount: { disabled: true },
        server: { value: 's' },
        envoyDebugHeaders: { disabled: true },
        preserveHttp1HeaderCase: true,
        metadataExchangeHeaders: { mode: 1 },
      },
    };
    expect(mergeProxyConfig(base, 'proxyHeaders: {server: {disabled: true}}').proxyHeaders).toEqual(
      {
        forwardedClientCert: 1,
        requestId: { disabled: true },
        attemptCount: { disabled: true },
        server: { disabled: true },
        envoyDebugHeaders: { disabled: true },
      },
    );
    expect(mergeProxyConfig(base, 'statusPort: 1').proxyHeaders).toBe(base.proxyHeaders);
    expect(mergeProxyConfig({}, 'proxyHeaders: {}').proxyHeaders).toEqual({});
  });

  it('takes parsed YAML as well as text', () => {
    expect(mergeProxyConfig({}, { statusPort: 3 })).toEqual({ statusPort: 3 });
    expect(mergeProxyConfig(defaultProxyConfig(), '')).toEqual(defaultProxyConfig());
  });

  it('says what cannot be read and where', () => {
    const attempt = () => mergeProxyConfig({}, 'proxyMetadata: {A: on}');
    expect(attempt).toThrow(OutriggerError);
    expect(attempt).toThrow(
      'could not parse proxy config: json: cannot unmarshal bool into Go value of type string (at proxyMetadata.A)',
    );
    expect(() => mergeProxyConfig({}, 'a: [')).toThrow(/^could not parse proxy config: yaml: /);
  });
});

describe('an annotation over a mesh config', () => {
  const mesh = {
    defaultConfig: {
      ...defaultProxyConfig(),
      interceptionMode: 1,
      proxyMetadata: { A: '1', B: '2' },
      runtimeValues: { r: '1' },
      extraStatTags: ['x'],
      statusPort: 15099,
    },
  };
  const both = (annotation: string) => ({
    webhook: effectiveProxyConfig({ mesh, annotation, namespace: 'ns', labels: {} }),
    offline: offlineMeshConfig(mesh, annotation).defaultConfig ?? {},
  });

  it('cannot reset the interception mode in the webhook, but offline', () => {
    const { webhook, offline } = both('interceptionMode: REDIRECT');
    expect(webhook.interceptionMode).toBe(1);
    expect(offline.interceptionMode ?? 0).toBe(0);
  });

  it('sets the interception mode to NONE in both', () => {
    const { webhook, offline } = both('interceptionMode: NONE');
    expect(webhook.interceptionMode).toBe(2);
    expect(offline.interceptionMode).toBe(2);
  });

  it('cannot set ports or addresses to zero in the webhook, but offline', () => {
    const { webhook, offline } = both('statusPort: 0\ndiscoveryAddress: ""');
    expect(webhook.statusPort).toBe(15099);
    expect(webhook.discoveryAddress).toBe('istiod.istio-system.svc:15012');
    expect(offline.statusPort ?? 0).toBe(0);
    expect(offline.discoveryAddress ?? '').toBe('');
  });

  it('merges the metadata by key', () => {
    const { webhook, offline } = both('proxyMetadata: {B: "3", C: "4"}');
    expect({ ...webhook.proxyMetadata }).toEqual({ A: '1', B: '3', C: '4' });
    expect({ ...offline.proxyMetadata }).toEqual({ A: '1', B: '3', C: '4' });
  });

  it.each(['proxyMetadata: {}', 'proxyMetadata: null'])(
    'keeps the metadata for %s',
    (annotation) => {
      const { webhook, offline } = both(annotation);
      expect({ ...webhook.proxyMetadata }).toEqual({ A: '1', B: '2' });
      expect({ ...offline.proxyMetadata }).toEqual({ A: '1', B: '2' });
    },
  );

  it('replaces the runtime values', () => {
    const { webhook, offline } = both('runtimeValues: {s: "2"}');
    expect({ ...(webhook['runtimeValues'] as object) }).toEqual({ s: '2' });
    expect({ ...(offline['runtimeValues'] as object) }).toEqual({ s: '2' });
  });

  it('cannot empty a list in the webhook, but offline', () => {
    const { webhook, offline } = both('extraStatTags: []');
    expect(webhook['extraStatTags']).toEqual(['x']);
    expect(offline['extraStatTags']).toBeUndefined();
  });

  it('clears the service cluster when it names the tracing service', () => {
    const { webhook, offline } = both('tracingServiceName: CANONICAL_NAME_ONLY');
    for (const config of [webhook, offline]) {
      expect(config.serviceCluster).toBeUndefined();
      expect(config.tracingServiceName).toBe(1);
    }
  });

  it('ignores members that nobody knows', () => {
    const { webhook, offline } = both('bogus: 1\nconcurrency: 3');
    expect(webhook.concurrency).toBe(3);
    expect(offline.concurrency).toBe(3);
  });

  it('takes zeros that have presence in both', () => {
    const { webhook, offline } = both(
      'concurrency: 0\nholdApplicationUntilProxyStarts: false\nterminationDrainDuration: 0s\ntracing: {}',
    );
    for (const config of [webhook, offline]) {
      expect(config).toMatchObject({
        concurrency: 0,
        holdApplicationUntilProxyStarts: false,
        terminationDrainDuration: { seconds: 0, nanos: 0 },
        tracing: {},
      });
    }
  });

  it('is skipped by the webhook and refused offline when it does not parse', () => {
    const annotation = 'statusPort: [';
    expect(effectiveProxyConfig({ mesh, annotation, namespace: 'ns', labels: {} })).toBe(
      effectiveProxyConfig({ mesh, annotation: undefined, namespace: 'ns', labels: {} }),
    );
    expect(() => offlineMeshConfig(mesh, annotation)).toThrow(
      'could not parse proxy config: yaml:',
    );
  });

  it('replaces the mesh config as a whole offline, and only when there is one', () => {
    expect(offlineMeshConfig(mesh, undefined)).toBe(mesh);
    expect(offlineMeshConfig(mesh, 'statusPort: 1').defaultConfig?.statusPort).toBe(1);
    expect(mesh.defaultConfig.statusPort).toBe(15099);
  });

  it('does not lay the built-in defaults below it offline', () => {
    const bare = { defaultConfig: {} };
    expect(offlineMeshConfig(bare, 'concurrency: 1').defaultConfig).toEqual({ concurrency: 1 });
  });
});

describe('encodeProxyConfigWithoutDefaults', () => {
  it('leaves the defaults out, all of them', () => {
    expect(encodeProxyConfigWithoutDefaults(defaultProxyConfig())).toBe('{}');
    expect(encodeProxyConfigWithoutDefaults({})).toBe('{}');
  });

  it('writes what differs', () => {
    const config = mergeProxyConfig(
      defaultProxyConfig(),
      'configPath: /elsewhere\ndrainDuration: 7s\nproxyMetadata: {k: v}',
    );
    expect(encodeProxyConfigWithoutDefaults(config)).toBe(
      '{"configPath":"/elsewhere","drainDuration":"7s","proxyMetadata":{"k":"v"}}',
    );
  });

  it('keeps an empty tracing, and a service name that is not the default', () => {
    expect(encodeProxyConfigWithoutDefaults({ tracing: {}, serviceCluster: '' })).toBe(
      '{"serviceCluster":"","tracing":{}}',
    );
  });
});
