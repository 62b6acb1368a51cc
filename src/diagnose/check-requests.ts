import { isJsonObject, type JsonObject } from '../json.ts';
import type { Outcome } from './check.ts';
import type { Examined } from './examine-cluster.ts';

/**
 * Whether a request has ever arrived, by the log that every replica keeps: its metrics, read through the API
 * server.
 */
export async function checkRequests(
  { api, service, metricsPort }: Pick<Examined, 'api' | 'service' | 'metricsPort'>,
  pods: readonly JsonObject[] | undefined,
): Promise<Outcome> {
  if (pods === undefined || pods.length === 0) {
    return {
      state: 'unknown',
      detail: 'there are no pods behind the Service whose metrics could be read',
      todo: 'Look for the Deployment, and for what the selector of the Service matches.',
    };
  }
  let requests = 0;
  for (const { metadata } of pods) {
    const name = isJsonObject(metadata) ? String(metadata['name']) : '';
    const path = `/api/v1/namespaces/${encodeURIComponent(service.namespace)}/pods/${encodeURIComponent(`${name}:${metricsPort}`)}/proxy/requests`;
    const { total } = await api.request({ path });
    requests += typeof total === 'number' ? total : 0;
  }
  if (requests > 0) {
    return { state: 'ok', detail: `${requests} requests since the replicas started` };
  }
  return {
    state: 'warning',
    detail: 'no request has arrived since the replicas started',
    todo: 'If pods have been created since, the API server cannot reach port 15017: look at firewalls and NetworkPolicies.',
  };
}
