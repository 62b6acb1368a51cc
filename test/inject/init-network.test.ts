import { describe, expect, it } from 'vitest';
import { initContainersWithoutNetwork } from '../../src/inject/hints/init-network.ts';
import type { Container, Pod } from '../../src/inject/pod.ts';

const migrate = { name: 'migrate' };

function about({
  own = [migrate],
  before = [],
  after = [],
  annotations = {},
  securityContext = {},
}: {
  own?: Container[];
  before?: Container[];
  after?: Container[];
  annotations?: Record<string, string>;
  securityContext?: Record<string, number>;
}) {
  const base: Pod = {
    metadata: { annotations },
    spec: { initContainers: own, containers: [{ name: 'app' }], securityContext },
  };
  const injected: Pod = {
    ...base,
    spec: {
      ...base.spec,
      initContainers: [...before, ...own, ...after],
      containers: [{ name: 'app' }, { name: 'istio-proxy', securityContext: { runAsUser: 1337 } }],
    },
  };
  return initContainersWithoutNetwork(base, injected);
}

describe('an init container of the user’s own', () => {
  it('has no network when traffic goes to a proxy that comes later', () => {
    const [notice] = about({
      before: [{ name: 'istio-validation' }],
      own: [{ name: 'x' }, migrate],
    }).slice(1);
    expect(notice?.code).toBe('init-container-without-network');
    expect(notice?.path).toEqual(['spec', 'initContainers', 1]);
    expect(notice?.message).toContain('"migrate"');
    expect(notice?.message.length).toBeLessThanOrEqual(256);
  });

  it('has one before traffic is redirected', () => {
    expect(about({ after: [{ name: 'istio-init' }] })).toEqual([]);
    expect(about({})).toEqual([]);
  });

  it('has one behind a native sidecar', () => {
    expect(about({ before: [{ name: 'istio-init' }, { name: 'istio-proxy' }] })).toEqual([]);
  });

  it('has one when the proxy’s user or an annotation exempts it', () => {
    const before = [{ name: 'istio-validation' }];
    const own = [{ name: 'migrate', securityContext: { runAsUser: 1337 } }];
    expect(about({ before, own })).toEqual([]);
    expect(about({ before, securityContext: { runAsUser: 1337 } })).toEqual([]);
    const annotations = { 'traffic.sidecar.istio.io/excludeOutboundIPRanges': '0.0.0.0/0' };
    expect(about({ before, annotations })).toEqual([]);
  });
});
