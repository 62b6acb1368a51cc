/**
 * The Service and what is behind it. Exports: {@link checkEndpoints}, {@link addressesOf},
 * {@link readyEndpoints}.
 */
import { isJsonObject, type JsonObject } from '../json.ts';
import type { Outcome } from './check.ts';
import type { Address } from './check-served-certificate.ts';
import type { Examined } from './examine-cluster.ts';
import type { InjectionWebhook } from './injection-webhooks.ts';

type Place = Pick<Examined, 'api' | 'service'>;

/** Beyond these, replicas are like the others. */
const mostAddresses = 10;

/** Whether there is somebody to answer, also while one of them restarts. */
export async function checkEndpoints(place: Place): Promise<Outcome> {
  const { service } = place;
  const ready = (await readyEndpoints(place)).length;
  const where = `Service ${service.namespace}/${service.name}`;
  if (ready === 0) {
    return {
      state: 'failed',
      detail: `${where} has no ready endpoint: pods are refused, or created without a sidecar`,
      todo: `Look at kubectl get pods -n ${service.namespace} and their logs; /readyz says what a replica waits for.`,
    };
  }
  if (ready === 1) {
    return {
      state: 'warning',
      detail: `${where} has one ready endpoint: while it restarts no pod can be created`,
      todo: 'Run two replicas.',
    };
  }
  return { state: 'ok', detail: `${where} has ${ready} ready endpoints` };
}

/** Where the webhook can be reached: at its Service, and replica by replica. @throws ApiError */
export async function addressesOf(
  place: Place & Pick<Examined, 'outside'>,
  ours: readonly InjectionWebhook[],
): Promise<Address[]> {
  const { api, service, outside: unsure } = place;
  const { spec } = await api.request({
    path: `/api/v1/namespaces/${encodeURIComponent(service.namespace)}/services/${encodeURIComponent(service.name)}`,
  });
  const host = isJsonObject(spec) ? spec['clusterIP'] : undefined;
  const ports = new Set(ours.flatMap(({ service: called }) => called?.port ?? []));
  // A Service without an address of its own says "None".
  const own =
    typeof host === 'string' && /[.:]/.test(host) ? [...ports].map((port) => ({ host, port })) : [];
  const all = [...own, ...(await readyEndpoints(place)).slice(0, mostAddresses)];
  return all.map((address) => ({ ...address, unsure }));
}

/** The replicas that take requests. @throws ApiError */
export async function readyEndpoints({ api, service }: Place): Promise<Address[]> {
  const { items } = await api.request({
    path: `/apis/discovery.k8s.io/v1/namespaces/${encodeURIComponent(service.namespace)}/endpointslices`,
    query: { labelSelector: `kubernetes.io/service-name=${service.name}` },
  });
  return objects(items).flatMap((slice) => {
    const port = objects(slice['ports'])[0]?.['port'];
    return objects(slice['endpoints'])
      .filter(({ conditions }) => !isJsonObject(conditions) || conditions['ready'] !== false)
      .map(({ addresses }) => ({
        host: Array.isArray(addresses) ? String(addresses[0]) : '',
        port: typeof port === 'number' ? port : 443,
      }));
  });
}

function objects(list: unknown): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
