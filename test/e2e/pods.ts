import { isJsonObject, type JsonObject } from '../../src/json.ts';
import type { Cluster } from './cluster.ts';
import { until } from './until.ts';

/** A pod with one container, and whatever else a test is about. */
export function simplePod(
  name: string,
  labels: { readonly [name: string]: string } = {},
  more: { readonly annotations?: JsonObject; readonly spec?: JsonObject } = {},
): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, annotations: more.annotations ?? {} },
    spec: { containers: [{ name: 'app', image: 'example.com/app:1' }], ...more.spec },
  };
}

/** Makes a namespace and waits until pods can be created in it. */
export async function makeNamespace(
  cluster: Cluster,
  name: string,
  labels: { readonly [name: string]: string } = {},
): Promise<void> {
  const api = await cluster.api();
  const path = `/api/v1/namespaces/${name}`;
  await api.request({
    method: 'PATCH',
    path,
    query: { fieldManager: 'e2e', force: 'true' },
    contentType: 'application/apply-patch+yaml',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
  });
  await until('the default service account', () =>
    api.request({ path: `${path}/serviceaccounts/default` }),
  );
}

/** Creates a pod and gives it as it was stored. @throws ApiError with what the API server says against it */
export async function createPod(
  cluster: Cluster,
  namespace: string,
  pod: JsonObject,
): Promise<JsonObject> {
  const api = await cluster.api();
  return api.request({ method: 'POST', path: `/api/v1/namespaces/${namespace}/pods`, body: pod });
}

/** Whether a pod has the sidecar, as a container or as a native one. */
export function isInjected(pod: JsonObject): boolean {
  return proxyOf(pod) !== undefined;
}

/** The sidecar of a pod. */
export function proxyOf(pod: JsonObject): JsonObject | undefined {
  const spec = isJsonObject(pod['spec']) ? pod['spec'] : {};
  return ['containers', 'initContainers']
    .flatMap((list) => (Array.isArray(spec[list]) ? spec[list] : []))
    .filter(isJsonObject)
    .find((container) => container['name'] === 'istio-proxy');
}
