/** What is read of a cluster. Exports: {@link ClusterSource}. */
import { textMap } from '../../diagnose/check.ts';
import { readyEndpoints } from '../../diagnose/check-endpoints.ts';
import { readAll, webhookConfigurations } from '../../diagnose/read-cluster.ts';
import type { NamespaceFacts } from '../../explain/facts.ts';
import { compileSelector } from '../../inject/decide/label-selector.ts';
import type { LabelSelector } from '../../inject/types.ts';
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import { LiveObjects } from '../cluster/live-objects.ts';

/** Reads objects; errors say which cluster was asked. */
export class ClusterSource {
  readonly #cluster: ClusterConnection;
  readonly objects: LiveObjects;
  /** What could not be read. */
  readonly assumptions = new Set<string>();

  constructor(cluster: ClusterConnection) {
    this.#cluster = cluster;
    this.objects = new LiveObjects(cluster);
  }

  async namespace(name: string): Promise<NamespaceFacts> {
    try {
      const object = await this.#get(`/api/v1/namespaces/${encodeURIComponent(name)}`);
      return { name, object };
    } catch (error) {
      if (error instanceof ApiError && (error.status === 403 || error.status === 404)) {
        return { name, object: undefined };
      }
      throw this.objects.told(error);
    }
  }

  /** Undefined when we may not see them. */
  async webhookConfigurations(): Promise<JsonObject[] | undefined> {
    try {
      return await readAll(this.#cluster.api, webhookConfigurations);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 403)) throw this.objects.told(error);
      this.assumptions.add(
        'the webhooks are those of a default installation, for want of the right to see them',
      );
      return undefined;
    }
  }

  /** The pods that a workload may have made: by its selector, else all of the namespace. */
  async pods(namespace: string, workload?: JsonObject): Promise<JsonObject[]> {
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
    const labelSelector = selectorText(workload);
    try {
      if (labelSelector === undefined) {
        return (await readAll(this.#cluster.api, path)).map(asPod);
      }
      const { items } = await this.#cluster.api.request({ path, query: { labelSelector } });
      return Array.isArray(items) ? items.filter(isJsonObject).map(asPod) : [];
    } catch (error) {
      throw this.objects.told(error);
    }
  }

  /** How many replicas take requests; undefined when it cannot be found out. */
  async readyEndpoints(name: string, namespace: string): Promise<number | undefined> {
    try {
      return (await readyEndpoints({ api: this.#cluster.api, service: { name, namespace } }))
        .length;
    } catch {
      return undefined;
    }
  }

  /** A Service, or `absent`; undefined when it cannot be found out. */
  async service(name: string, namespace: string): Promise<JsonObject | 'absent' | undefined> {
    try {
      return await this.#get(
        `/api/v1/namespaces/${encodeURIComponent(namespace)}/services/${encodeURIComponent(name)}`,
      );
    } catch (error) {
      return error instanceof ApiError && error.status === 404 ? 'absent' : undefined;
    }
  }

  #get(path: string): Promise<JsonObject> {
    return this.#cluster.api.request({ path });
  }
}

/** Items of a list do not say what they are. */
function asPod(pod: JsonObject): JsonObject {
  return { ...pod, apiVersion: 'v1', kind: 'Pod' };
}

/** A selector as a query takes it: of a Deployment, or the plain map of older kinds. */
function selectorText(workload: JsonObject | undefined): string | undefined {
  const spec = workload?.['spec'];
  const selector = isJsonObject(spec) ? spec['selector'] : undefined;
  if (!isJsonObject(selector)) return undefined;
  const modern = 'matchLabels' in selector || 'matchExpressions' in selector;
  const compiled = compileSelector(
    (modern ? selector : { matchLabels: textMap(selector as JsonValue) }) as LabelSelector,
  );
  return compiled.kind === 'usable' ? compiled.text : undefined;
}

/** Whether a pod is the workload's own, not one that happens to have its labels. */
export function isOf(
  workload: JsonObject,
  owner: { readonly kind: string; readonly name: string },
) {
  const { metadata } = workload;
  return (
    typeOf(workload).kind === owner.kind &&
    isJsonObject(metadata) &&
    metadata['name'] === owner.name
  );
}
