import { describe, expect, it } from 'vitest';
import { clusterEnv } from '../../src/inject/data/cluster-env.ts';

const nothing = { clusterName: '', network: '' };
const values = { clusterName: 'from-values', network: 'net-values' };
const label = (network: string) => ({ 'topology.istio.io/network': network });

function ask(url: Record<string, string>, labels: Record<string, string>, from = values) {
  const { env, cluster } = clusterEnv(new Map(Object.entries(url)), labels, from);
  return { cluster, ...Object.fromEntries(env) };
}

describe('cluster and network', () => {
  it('come from the values when nothing else is said', () => {
    expect(ask({}, {})).toEqual({
      cluster: 'from-values',
      ISTIO_META_CLUSTER_ID: 'from-values',
      ISTIO_META_NETWORK: 'net-values',
    });
  });

  it('come from the URL before the values', () => {
    const url = { ISTIO_META_CLUSTER_ID: 'c', ISTIO_META_NETWORK: 'n', EXTRA: 'x' };
    expect(ask(url, {})).toEqual({ cluster: 'c', ...url });
  });

  it('take an empty text in the URL for none', () => {
    expect(ask({ ISTIO_META_CLUSTER_ID: '', ISTIO_META_NETWORK: '' }, {})).toMatchObject({
      ISTIO_META_CLUSTER_ID: 'from-values',
      ISTIO_META_NETWORK: 'net-values',
    });
  });

  it("let the pod's label win for the network", () => {
    const env = ask({ ISTIO_META_NETWORK: 'n' }, label('mine'));
    expect(env).toHaveProperty('ISTIO_META_NETWORK', 'mine');
  });

  it("let an empty label hide the values' network but not the URL's", () => {
    expect(ask({}, label(''))).not.toHaveProperty('ISTIO_META_NETWORK');
    expect(ask({ ISTIO_META_NETWORK: 'n' }, label(''))).toHaveProperty('ISTIO_META_NETWORK', 'n');
  });

  it('are left out when nobody names them, and the cluster is called Kubernetes', () => {
    expect(ask({}, {}, nothing)).toEqual({ cluster: 'Kubernetes' });
    expect(clusterEnv(undefined, {}, nothing).env.size).toBe(0);
  });

  it('leave the map of the URL alone', () => {
    const url = new Map([['A', 'b']]);
    clusterEnv(url, {}, values);
    expect([...url]).toEqual([['A', 'b']]);
  });
});
