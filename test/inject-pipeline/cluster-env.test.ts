import { describe, expect, it } from 'vitest';
import { setClusterEnv } from '../../src/inject/postprocess/cluster-env.ts';
import { context } from './postprocess-context.ts';

describe('the proxy’s environment from cluster and network', () => {
  const proxyEnv = new Map([
    ['ISTIO_META_NETWORK', 'n'],
    ['EMPTY', ''],
    ['ISTIO_META_CLUSTER_ID', 'c'],
  ]);

  it('moves to the end, sorted, in place of all that the templates gave', () => {
    const env = [
      { name: 'ISTIO_META_NETWORK', value: 'old' },
      { name: 'KEPT', value: '1' },
      { name: 'ISTIO_META_NETWORK', value: 'older' },
    ];
    const pod = {
      spec: {
        containers: [
          { name: 'app', env },
          { name: 'istio-proxy', env },
        ],
      },
    };
    expect(setClusterEnv(pod, context({ proxyEnv })).spec?.containers).toEqual([
      { name: 'app', env },
      {
        name: 'istio-proxy',
        env: [
          { name: 'KEPT', value: '1' },
          { name: 'EMPTY' },
          { name: 'ISTIO_META_CLUSTER_ID', value: 'c' },
          { name: 'ISTIO_META_NETWORK', value: 'n' },
        ],
      },
    ]);
  });

  it('reaches a native proxy among the init containers', () => {
    const pod = { spec: { initContainers: [{ name: 'istio-proxy' }] } };
    const after = setClusterEnv(pod, context({ proxyEnv: new Map([['A', 'b']]) }));
    expect(after.spec?.initContainers?.[0]?.env).toEqual([{ name: 'A', value: 'b' }]);
  });

  it('leaves pods without a proxy, and proxies without an environment to set, as they are', () => {
    const bare = { spec: { containers: [{ name: 'app' }] } };
    expect(setClusterEnv(bare, context({ proxyEnv }))).toBe(bare);
    const pod = { spec: { containers: [{ name: 'istio-proxy' }] } };
    expect(setClusterEnv(pod, context())).toBe(pod);
  });
});
