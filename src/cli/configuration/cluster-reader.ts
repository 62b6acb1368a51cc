/**
 * What the configuration of a cluster is read with. Exports: {@link ClusterReader}, {@link injectorTexts},
 * {@link valuesTexts}, {@link meshTexts}.
 */
import { OutriggerError } from '../../errors.ts';
import type { NamespaceMeta } from '../../inject/index.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import { listObjects } from '../../kube/list-objects.ts';
import { allNamespaces, type Resource, revisionTagWebhooks } from '../../kube/resource.ts';
import { readNamespace } from '../../serving/read-namespace.ts';
import { readRevisionTag } from '../../serving/revision-tags.ts';
import type { SourceText } from './read-sources.ts';

/** How a ConfigMap is spoken of; the words of `istioctl/pkg/kubeinject/kubeinject.go`, which scripts know. */
export interface ConfigMapWords {
  readonly failure: string;
  readonly advice: string;
  readonly missing: (key: string, name: string) => string;
}

export const injectorTexts: ConfigMapWords = {
  failure: 'could not find valid configmap',
  advice:
    'Name its namespace with -i and the revision with -r, or the ConfigMap with --injectConfigMapName; or use ' +
    '--injectConfigFile.',
  missing: (key, name) => `missing configuration map key "${key}" in "${name}"`,
};

export const valuesTexts: ConfigMapWords = {
  ...injectorTexts,
  advice: injectorTexts.advice.replace('--injectConfigFile', '--valuesFile'),
};

export const meshTexts: ConfigMapWords = {
  failure: 'could not read valid configmap',
  advice:
    'Name its namespace with -i and the revision with -r, or the ConfigMap with --meshConfigMapName; or use ' +
    '--meshConfigFile.',
  missing: (key) => `missing configuration map key "${key}"`,
};

const namespacesAdvice = 'Or name a file with Namespace objects with --namespaces.';

/** Requests that share a deadline, and errors that say where they went. */
export class ClusterReader {
  readonly #api: ApiServer;
  readonly #signal: AbortSignal;
  readonly #words: { readonly namespace: string; readonly tried: string; readonly late: string };

  constructor(
    api: ApiServer,
    signal: AbortSignal,
    words: { readonly namespace: string; readonly tried: string; readonly late: string },
  ) {
    this.#api = api;
    this.#signal = signal;
    this.#words = words;
  }

  describe(name: string): string {
    return `ConfigMap ${this.#words.namespace}/${name}`;
  }

  /** Gives the texts of a ConfigMap by their keys. */
  async configMap(
    name: string,
    { failure, advice, missing }: ConfigMapWords,
  ): Promise<(key: string) => SourceText> {
    const { namespace, tried } = this.#words;
    const fail = (reason: string, hint: string | undefined, cause?: unknown) =>
      new OutriggerError(
        'OUTRIGGER_CLUSTER',
        `${failure} "${name}" from namespace "${namespace}": ${reason}`,
        { hint: [tried, hint ?? advice].join(' '), cause },
      );
    let data: JsonObject;
    try {
      const map = await this.#get(
        `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`,
      );
      data = isJsonObject(map['data']) ? map['data'] : {};
    } catch (error) {
      throw fail(this.#reason(error), hintOf(error), error);
    }
    return (key) => {
      const text = Object.hasOwn(data, key) ? data[key] : undefined;
      if (typeof text !== 'string') throw fail(missing(key, name), undefined);
      return { text, file: `${this.describe(name)}, key ${key}`, fileText: text };
    };
  }

  /** The revision that the tag `default` points at (`istioctl/pkg/tag/util.go`). */
  async defaultRevision(): Promise<{ revision: string; notes: readonly string[] }> {
    const { namespace } = this.#words;
    const name = `istio-revision-tag-default${namespace === 'istio-system' ? '' : `-${namespace}`}`;
    let object: JsonObject;
    try {
      object = await this.#get(`${revisionTagWebhooks.path}/${encodeURIComponent(name)}`);
    } catch (error) {
      const status = error instanceof ApiError ? error.status : undefined;
      if (status === 404) return { revision: '', notes: [] };
      if (status !== 403) throw this.#failed('the revision of the cluster', error);
      const note =
        'revision: the default one, for want of the right to find out; -r <name> takes another';
      return { revision: '', notes: [note] };
    }
    const { revision = '' } = readRevisionTag(object) ?? {};
    if (revision === '' || revision === 'default') return { revision: '', notes: [] };
    const note = `revision: ${revision}, where the tag "default" points; -r <name> takes another`;
    return { revision, notes: [note] };
  }

  async namespaces(): Promise<Map<string, NamespaceMeta>> {
    const found = new Map<string, NamespaceMeta>();
    await this.#list(allNamespaces, (object) => {
      const { metadata } = object;
      const name = isJsonObject(metadata) ? metadata['name'] : undefined;
      if (typeof name === 'string') found.set(name, readNamespace(object));
    });
    return found;
  }

  async tags(): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    await this.#list(revisionTagWebhooks, (object) => {
      const tag = readRevisionTag(object);
      if (tag !== undefined) found.set(tag.tag, tag.revision);
    });
    return found;
  }

  #get(path: string): Promise<JsonObject> {
    return this.#api.request({ path, signal: this.#signal });
  }

  async #list(resource: Resource, visit: (object: JsonObject) => void): Promise<void> {
    try {
      await listObjects(this.#api, resource, this.#signal, visit);
    } catch (error) {
      throw this.#failed(`the ${resource.description} of the cluster`, error, namespacesAdvice);
    }
  }

  #failed(what: string, error: unknown, advice?: string): OutriggerError {
    const hint = [this.#words.tried, hintOf(error), advice].filter(Boolean).join(' ');
    return new OutriggerError(
      'OUTRIGGER_CLUSTER',
      `could not read ${what}: ${this.#reason(error)}`,
      {
        hint,
        cause: error,
      },
    );
  }

  #reason(error: unknown): string {
    if (this.#signal.aborted) return this.#words.late;
    return error instanceof Error ? error.message : String(error);
  }
}

/** An absent object is no matter of the connection: what to do about it depends on the object. */
function hintOf(error: unknown): string | undefined {
  return error instanceof ApiError && error.status !== 404 ? error.hint : undefined;
}
