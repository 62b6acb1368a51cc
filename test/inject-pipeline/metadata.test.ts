import { describe, expect, it } from 'vitest';
import { setMetadata } from '../../src/inject/postprocess/metadata.ts';
import { context } from './postprocess-context.ts';

describe('the metadata of an injected pod', () => {
  it('records what the templates made, a list without elements as null', () => {
    const templatePod = {
      spec: {
        initContainers: [{ name: 'istio-init' }],
        containers: [{ name: 'istio-proxy' }],
        volumes: [{ name: 'v' }],
      },
    };
    const pod = setMetadata({}, context({ templatePod }));
    expect(pod.metadata?.annotations).toEqual({
      'sidecar.istio.io/status':
        '{"initContainers":["istio-init"],"containers":["istio-proxy"],"volumes":["v"],"imagePullSecrets":null,"revision":"default"}',
    });
    expect(pod.metadata).not.toHaveProperty('labels');
  });

  it('names the revision', () => {
    const pod = setMetadata({}, context({ revision: 'canary' }));
    expect(pod.metadata?.annotations?.['sidecar.istio.io/status']).toContain('"revision":"canary"');
  });

  it('labels the pod with its network', () => {
    const before = { metadata: { labels: { app: 'a', 'topology.istio.io/network': 'old' } } };
    const proxyEnv = new Map([['ISTIO_META_NETWORK', 'new']]);
    expect(setMetadata(before, context({ proxyEnv })).metadata?.labels).toEqual({
      app: 'a',
      'topology.istio.io/network': 'new',
    });
  });

  it('lets the configuration override any annotation, the record included', () => {
    const injectedAnnotations = new Map([
      ['sidecar.istio.io/status', 'x'],
      ['a', '1'],
    ]);
    const before = { metadata: { annotations: { a: '0', b: '0' } } };
    expect(setMetadata(before, context({ injectedAnnotations })).metadata?.annotations).toEqual({
      'sidecar.istio.io/status': 'x',
      a: '1',
      b: '0',
    });
  });
});
