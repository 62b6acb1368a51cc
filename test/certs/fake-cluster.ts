import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import type { ApiRequest, ApiServer } from '../../src/kube/api-server.ts';

const webhooksPath = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

/**
 * An API server in memory that knows Secrets and webhook configurations, with versions and conflicts. A request
 * takes effect at one moment: when the gate lets it pass.
 */
export class FakeCluster {
  readonly #objects = new Map<string, JsonObject>();
  readonly #watchers = new Set<() => void>();
  #version = 0;
  /** Every request that took effect, such as `PATCH /apis/…`. */
  readonly requests: string[] = [];
  /** Requests wait for it. */
  gate: () => Promise<void> = async () => {};
  /** Answers a request with a failure. */
  refuse: (request: ApiRequest) => ApiError | undefined = () => undefined;

  readonly api: ApiServer = {
    url: 'https://fake',
    request: async (request) => {
      await this.gate();
      const what = `${request.method ?? 'GET'} ${request.path}`;
      this.requests.push(what);
      const refusal = this.refuse(request);
      if (refusal !== undefined) throw refusal;
      return structuredClone(this.#answer(request, what));
    },
    stream: (request, onOpen) => this.#watch(request, onOpen),
    close() {},
  };

  /** Adds or overwrites an object as somebody else would. */
  put(path: string, object: JsonObject): void {
    this.#store(path, structuredClone(object));
  }

  get(path: string): JsonObject | undefined {
    return this.#objects.get(path);
  }

  delete(path: string): void {
    this.#objects.delete(path);
    for (const wake of this.#watchers) wake();
  }

  putSecret(name: string, data: { readonly [entry: string]: string }): void {
    const encoded = Object.fromEntries(
      Object.entries(data).map(([entry, text]) => [entry, Buffer.from(text).toString('base64')]),
    );
    this.put(secretPath(name), { metadata: { name }, type: 'kubernetes.io/tls', data: encoded });
  }

  secret(name: string): ReadonlyMap<string, string> {
    const data = this.get(secretPath(name))?.['data'];
    return new Map(
      Object.entries(isJsonObject(data) ? data : {}).map(([entry, text]) => [
        entry,
        Buffer.from(String(text), 'base64').toString(),
      ]),
    );
  }

  /** Adds a configuration whose entries call Service `outrigger` in `mesh`, unless told otherwise. */
  putWebhooks(name: string, revision: string, entries: readonly Partial<TestEntry>[]): void {
    this.put(`${webhooksPath}/${name}`, {
      metadata: { name, labels: { 'istio.io/rev': revision } },
      webhooks: entries.map(
        ({ entry, service = 'outrigger', namespace = 'mesh', bundle, url }) => ({
          name: entry ?? 'object.sidecar-injector.istio.io',
          clientConfig: {
            ...(url === undefined ? { service: { name: service, namespace } } : { url }),
            ...(bundle !== undefined && { caBundle: Buffer.from(bundle).toString('base64') }),
          },
        }),
      ),
    });
  }

  /** The bundles of a configuration, in order; empty texts where there is none. */
  bundles(name: string): string[] {
    const webhooks = this.get(`${webhooksPath}/${name}`)?.['webhooks'] as
      | { clientConfig: { caBundle?: string } }[]
      | undefined;
    return (webhooks ?? []).map(({ clientConfig }) =>
      Buffer.from(clientConfig.caBundle ?? '', 'base64').toString(),
    );
  }

  #answer({ method = 'GET', path, query = {}, body }: ApiRequest, what: string): JsonObject {
    const found = this.#objects.get(path);
    const fail = (status: number) => new ApiError(`${what}: HTTP ${status}`, { status });
    if (method === 'POST') {
      const name = String(metadataOf(body)['name']);
      if (this.#objects.has(`${path}/${name}`)) throw fail(409);
      return this.#store(`${path}/${name}`, body as JsonObject);
    }
    if (method === 'GET' && (path === webhooksPath || path.endsWith('/secrets'))) {
      return {
        metadata: { resourceVersion: String(this.#version) },
        items: this.#list(path, query),
      };
    }
    if (found === undefined) throw fail(404);
    if (method === 'GET') return found;
    const changed =
      method === 'PATCH' ? patched(found, body as PatchOperations) : (body as JsonObject);
    if (metadataOf(changed)['resourceVersion'] !== metadataOf(found)['resourceVersion']) {
      throw fail(409);
    }
    return this.#store(path, changed);
  }

  #list(path: string, { labelSelector, fieldSelector }: NonNullable<ApiRequest['query']>) {
    return [...this.#objects]
      .filter(([key, object]) => {
        const { name, labels } = metadataOf(object);
        const [label = '', value] = labelSelector?.split('=') ?? [];
        return (
          key.startsWith(`${path}/`) &&
          (labelSelector === undefined || (labels as JsonObject | undefined)?.[label] === value) &&
          (fieldSelector === undefined || fieldSelector === `metadata.name=${name}`)
        );
      })
      .map(([, object]) => object);
  }

  #store(path: string, object: JsonObject): JsonObject {
    const resourceVersion = String(++this.#version);
    const stored = structuredClone({
      ...object,
      metadata: { ...metadataOf(object), resourceVersion },
    });
    this.#objects.set(path, stored);
    for (const wake of this.#watchers) wake();
    return stored;
  }

  /** Every change is told as a change of everything: those who follow only look at versions. */
  async *#watch(request: ApiRequest, onOpen?: () => void) {
    onOpen?.();
    while (!request.signal?.aborted) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#watchers.delete(wake);
          resolve();
        };
        this.#watchers.add(wake);
        request.signal?.addEventListener('abort', wake);
      });
      for (const object of this.#list(request.path, request.query ?? {})) {
        yield { type: 'MODIFIED', object: structuredClone(object) } as JsonObject;
      }
    }
  }
}

export interface TestEntry {
  readonly entry: string;
  readonly service: string;
  readonly namespace: string;
  readonly bundle: string;
  readonly url: string;
}

type PatchOperations = { op: string; path: string; value: JsonValue }[];

export const secretPath = (name: string) => `/api/v1/namespaces/mesh/secrets/${name}`;
export const webhookPath = (name: string) => `${webhooksPath}/${name}`;

function metadataOf(object: unknown): JsonObject {
  const { metadata } = (object ?? {}) as { metadata?: JsonObject };
  return metadata ?? {};
}

/** Only what is needed: values set at paths that exist. */
function patched(object: JsonObject, operations: PatchOperations): JsonObject {
  const copy = structuredClone(object);
  for (const { path, value } of operations) {
    const keys = path.slice(1).split('/');
    const last = keys.pop() ?? '';
    let at = copy;
    for (const key of keys) at = at[key] as JsonObject;
    at[last] = value;
  }
  return copy;
}
