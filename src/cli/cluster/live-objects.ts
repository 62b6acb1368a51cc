/** Objects of a cluster by kind and name. Exports: {@link LiveObjects}, {@link ObjectsPlace}. */
import { readAll } from '../../diagnose/read-cluster.ts';
import { OutriggerError } from '../../errors.ts';
import { groupOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ApiRequest } from '../../kube/api-server.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import type { ResourceKind } from './resource-kinds.ts';

/** Where the objects of a kind are. */
export interface ObjectsPlace {
  /** Path of all of them, or of those in a namespace. */
  readonly list: string;
  /** Undefined for a kind without namespaces. */
  readonly namespace: string | undefined;
}

/** Groups whose version and plural names need not be asked for. */
const wellKnown: ReadonlyMap<string, string> = new Map([
  ['', '/api/v1'],
  ['apps', '/apis/apps/v1'],
  ['batch', '/apis/batch/v1'],
]);

/** Finds and reads objects; errors say which cluster was asked. */
export class LiveObjects {
  readonly #cluster: ClusterConnection;
  /** What the cluster says about the kinds of an `apiVersion`. */
  readonly #kinds = new Map<string, Promise<readonly JsonObject[]>>();

  constructor(cluster: ClusterConnection) {
    this.#cluster = cluster;
  }

  /**
   * An object that has been asked for.
   *
   * @throws OutriggerError when it cannot be read, with a name that is like it when there is none of that name
   */
  async object(target: ResourceKind, name: string, namespace: string): Promise<JsonObject> {
    const { list, gvk } = await this.#usualPlace(target, namespace);
    try {
      return { ...gvk, ...(await this.#get(`${list}/${encodeURIComponent(name)}`)) };
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw this.told(error);
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
      const { list, gvk } = await this.#usualPlace(target, namespace);
      return { ...gvk, ...(await this.#get(`${list}/${encodeURIComponent(name)}`)) };
    } catch {
      return undefined;
    }
  }

  /**
   * Where objects of exactly this version are.
   *
   * @param namespace for kinds that have namespaces
   * @throws OutriggerError when the cluster does not know the kind
   */
  async place(apiVersion: string, kind: string, namespace: string): Promise<ObjectsPlace> {
    const found = (await this.#kindsOf(apiVersion)).find((one) => one['kind'] === kind);
    if (found === undefined) {
      throw new OutriggerError(
        'OUTRIGGER_CLUSTER',
        `the cluster knows no ${kind} (${apiVersion})`,
        {
          hint: this.tried(),
        },
      );
    }
    const base = basePath(apiVersion);
    const plural = String(found['name']);
    if (found['namespaced'] !== true) return { list: `${base}/${plural}`, namespace: undefined };
    const within = `/namespaces/${encodeURIComponent(namespace)}`;
    return { list: `${base}${within}/${plural}`, namespace };
  }

  /** Sends a request; what it throws says which cluster was asked. */
  async request(request: ApiRequest): Promise<JsonObject> {
    try {
      return await this.#cluster.api.request(request);
    } catch (error) {
      throw this.told(error);
    }
  }

  /** Undefined when there is no such object. */
  async find(path: string): Promise<JsonObject | undefined> {
    try {
      return await this.#get(path);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined;
      throw this.told(error);
    }
  }

  /** Adds to what the API server says which one it was. */
  told(error: unknown): unknown {
    if (!(error instanceof ApiError)) return error;
    const hint = [this.tried(), error.hint].filter((part) => part !== undefined).join(' ');
    return new OutriggerError('OUTRIGGER_CLUSTER', error.message, { hint, cause: error });
  }

  tried(): string {
    return `Tried ${this.#cluster.description}, at ${this.#cluster.api.url}.`;
  }

  #get(path: string): Promise<JsonObject> {
    return this.#cluster.api.request({ path });
  }

  /** Where objects of a kind are; other than well-known kinds have names that only the cluster knows. */
  async #usualPlace(
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
    const found = (await this.#kindsOf(apiVersion)).find((one) => one['kind'] === kind);
    const plural = String(found?.['name'] ?? `${kind.toLowerCase()}s`);
    return { list: `/apis/${apiVersion}${within}/${plural}`, gvk: { apiVersion, kind } };
  }

  #kindsOf(apiVersion: string): Promise<readonly JsonObject[]> {
    const known = this.#kinds.get(apiVersion);
    if (known !== undefined) return known;
    const asked = this.#ofGroup(basePath(apiVersion), groupOf(apiVersion) || apiVersion).then(
      ({ resources }) =>
        // A name with a slash is that of a part, such as `deployments/scale`.
        (Array.isArray(resources) ? resources : [])
          .filter(isJsonObject)
          .filter(({ name }) => !String(name).includes('/')),
    );
    this.#kinds.set(apiVersion, asked);
    return asked;
  }

  async #ofGroup(path: string, group: string): Promise<JsonObject> {
    try {
      return await this.#get(path);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw this.told(error);
      throw new OutriggerError('OUTRIGGER_CLUSTER', `the cluster knows no kinds of ${group}`, {
        hint: this.tried(),
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
        hint: near === undefined ? this.tried() : `Did you mean ${near}? ${this.tried()}`,
        cause,
      },
    );
  }
}

function basePath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
