import type { JsonObject } from '../../src/json.ts';
import type { Cluster } from './cluster.ts';

/**
 * Tells the cluster that replicas are behind the Service, or are not ready. Nothing runs pods here, so nobody else
 * does; the addresses belong to nobody (RFC 5737), those of this machine are not allowed in a slice.
 */
export async function applyEndpoints(cluster: Cluster, ready: readonly boolean[]): Promise<void> {
  const slice: JsonObject = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'outrigger-by-hand',
      namespace: 'outrigger-system',
      labels: { 'kubernetes.io/service-name': 'outrigger' },
    },
    addressType: 'IPv4',
    endpoints: ready.map((one, index) => ({
      addresses: [`192.0.2.${index + 1}`],
      conditions: { ready: one },
    })),
    ports: [{ name: 'https', port: 15017 }],
  };
  await cluster.apply(JSON.stringify(slice));
}
