/** What is read of a cluster. Exports: {@link ClusterSource}. */
import { textMap } from '../../diagnose/check.ts';
import { readyEndpoints } from '../../diagnose/check-endpoints.ts';
import { readAll, webhookConfigurations } from '../../diagnose/read-cluster.ts';
import { OutriggerError } from '../../errors.ts';
import type { NamespaceFacts } from '../../explain/facts.ts';
import { compileSelector } from '../../inject/decide/label-selector.ts';
import type { LabelSelector } from '../../inject/types.ts';
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import type { ResourceKind } from './resource-kinds.ts';

/** Groups whose version and plural names need not be asked for. */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['', '/api/v1'],
  ['apps', '/apis/apps/v1'],
  ['batch', '/apis/batch/v1'],
]);

/** Reads objects; errors say which cluster was asked. */
export class ClusterSource {
  readonly #cluster: ClusterConnection;
  /** What could not be read. */
  readonly assumptions = new Set<string>();

  constructor(cluster: ClusterConnection) {
    this.#cluster = cluster;
  }

  /**
   * An object that has been asked for.
   *
   * @throws OutriggerError when it cannot be read, with a name that is like it when there is none of that name
   */
  async object(target: ResourceKind, name: string, namespace: string): Promise<JsonObject> {
    const { list, gvk } = await this.#place(target, namespace);
    try {
      return { ...gvk, ...(await this.#get(`${list}/${encodeURIComponent(name)}`)) };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw this.#told(error);
      throw await this.#absent(error, list, name, namespace);
    }
  }

  /** The same of an object that may as well be absent, or not be ours to see. */
  async maybe(
    target: ResourceKind,
    name: string,
    namespace: string,
  ): Promise<JsonObject | undefined> {
    try {
      const { list, gvk } = await this.#place(target, namespace);
      return { ...gvk, ...(await this.#get(`${list}/${encodeURIComponent(name)}`)) };
    } catch {
      return undefined;
    }
  }

  async namespace(name: string): Promise<NamespaceFacts> {
    try {
      const object = await this.#get(`/api/v1/namespaces/${encodeURIComponent(name)}`);
      return { name, object };
    } catch (error) {
      if (error instanceof ApiError && (error.status === 403 || error.status === 404)) {
        return { name, object: undefined };
      }
      throw this.#told(error);
    }
  }

  /** Undefined when we may not see them. */
  async webhookConfigurations(): Promise<JsonObject[] | undefined> {
    try {
      return await readAll(this.#cluster.api, webhookConfigurations);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 403)) throw this.#told(error);
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
      throw this.#told(error);
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

  /** Where objects of a kind are; other than well-known kinds have names that only the cluster knows. */
  async #place(
    { group, kind }: ResourceKind,
    namespace: string,
  ): Promise<{ readonly list: string; readonly gvk: JsonObject }> {
    const within = kind === 'Namespace' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
    const base = wellKnown.get(group);
    if (base !== undefined) {
      const apiVersion = base.replace(/^\/apis?\//, '');
      return { list: `${base}${within}/${kind.toLowerCase()}s`, gvk: { apiVersion, kind } };
    }
    const { preferredVersion } = await this.#ofGroup(`/apis/${group}`, group);
    const apiVersion = isJsonObject(preferredVersion)
      ? String(preferredVersion['groupVersion'])
      : `${group}/v1`;
    const { resources } = await this.#ofGroup(`/apis/${apiVersion}`, group);
    const found = (Array.isArray(resources) ? resources : [])
      .filter(isJsonObject)
      .find((one) => one['kind'] === kind && !String(one['name']).includes('/'));
    const plural = String(found?.['name'] ?? `${kind.toLowerCase()}s`);
    return { list: `/apis/${apiVersion}${within}/${plural}`, gvk: { apiVersion, kind } };
  }

  async #ofGroup(path: string, group: string): Promise<JsonObject> {
    try {
      return await this.#get(path);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw this.#told(error);
      throw new OutriggerError('OUTRIGGER_CLUSTER', `the cluster knows no kinds of ${group}`, {
        hint: this.#tried(),
        cause: error,
      });
    }
  }

  /** One that is like it may be meant; seeing what there is may be forbidden, which is no matter here. */
  async #absent(cause: ApiError, list: string, name: string, namespace: string) {
    const names: string[] = [];
    try {
      for (const { metadata } of await readAll(this.#cluster.api, list)) {
        if (isJsonObject(metadata)) names.push(String(metadata['name']));
      }
    } catch {
      // Then there is nothing to suggest.
    }
    const near = nearestName(name, names);
    const where = list.endsWith('/namespaces') ? '' : ` in namespace ${namespace}`;
    return new OutriggerError(
      'OUTRIGGER_CLUSTER',
      `there is no ${name}${where}: ${cause.message}`,
      {
        hint: near === undefined ? this.#tried() : `Did you mean ${near}? ${this.#tried()}`,
        cause,
      },
    );
  }

  #told(error: unknown): unknown {
    if (!(error instanceof ApiError)) return error;
    const hint = [this.#tried(), error.hint].filter((part) => part !== undefined).join(' ');
    return new OutriggerError('OUTRIGGER_CLUSTER', error.message, { hint, cause: error });
  }

  #tried(): string {
    return `Tried ${this.#cluster.description}, at ${this.#cluster.api.url}.`;
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
