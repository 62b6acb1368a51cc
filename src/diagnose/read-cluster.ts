/** Reads once what diagnosis looks at. Exports: {@link readAll}, {@link readNamespaces}, {@link readPolicy}. */
import { parseInjectorConfig } from '../inject/config/parse-injector-config.ts';
import { compileDecisionPolicy, offlinePolicy } from '../inject/decide/decide.ts';
import type { DecisionPolicy } from '../inject/decide/rule.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from '../kube/api-error.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { listObjects } from '../kube/list-objects.ts';
import { allNamespaces } from '../kube/resource.ts';
import { readNamespace } from '../serving/read-namespace.ts';

/** All objects at a path. @throws ApiError */
export async function readAll(api: ApiServer, path: string): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  const { signal } = new AbortController();
  await listObjects(api, { description: path, path }, signal, (object) => found.push(object));
  return found;
}

/** Labels of all namespaces, by name. @throws ApiError */
export async function readNamespaces(api: ApiServer): Promise<Map<string, NamespaceMeta>> {
  const found = new Map<string, NamespaceMeta>();
  const { signal } = new AbortController();
  await listObjects(api, allNamespaces, signal, (object) => {
    const { metadata } = object;
    const name = isJsonObject(metadata) ? metadata['name'] : undefined;
    if (typeof name === 'string') found.set(name, readNamespace(object));
  });
  return found;
}

/**
 * The deciding part of the injector configuration in a ConfigMap; that of a default installation when there is none.
 *
 * @throws OutriggerError when the cluster cannot be read or the configuration is wrong
 */
export async function readPolicy(
  api: ApiServer,
  namespace: string,
  name: string,
): Promise<DecisionPolicy> {
  try {
    const { data } = await api.request({
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`,
    });
    const config = isJsonObject(data) ? data['config'] : undefined;
    return typeof config === 'string'
      ? compileDecisionPolicy(parseInjectorConfig(config))
      : offlinePolicy;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return offlinePolicy;
    throw error;
  }
}

/** Where the webhook configurations are. */
export const webhookConfigurations =
  '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
