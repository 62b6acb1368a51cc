import { isJsonObject, type JsonObject } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ApiRequest, ApiServer } from '../../kube/api-server.ts';
import type { Resource } from '../../kube/resource.ts';
import type { SecretData } from './authority-secret.ts';

/** A Secret as it was read. */
export interface StoredSecret {
  readonly data: SecretData;
  /** The API server's own form, with the version that an update is based on. */
  readonly object: JsonObject;
}

/** Where the certificate authorities are kept. Every method throws an {@link ApiError} when it fails. */
export interface SecretStore {
  /** Namespace and name, for people. */
  readonly name: string;
  /** The Secret as it is now, not as a cache has it; undefined when there is none. */
  read(): Promise<StoredSecret | undefined>;
  /** Fails with status 409 when somebody else was first. */
  create(data: SecretData): Promise<StoredSecret>;
  /** Fails with status 409 when the Secret has changed since it was read. */
  update(read: StoredSecret, data: SecretData): Promise<StoredSecret>;
}

/** The Secret of this name in the cluster. */
export function createSecretStore(api: ApiServer, namespace: string, name: string): SecretStore {
  const ask = (verb: string, request: ApiRequest): Promise<JsonObject> =>
    api.request(request).catch((error: unknown) => {
      throw error instanceof ApiError && error.status === 403
        ? withAdvice(error, verb, `${namespace}/${name}`)
        : error;
    });
  const secrets = `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const path = `${secrets}/${encodeURIComponent(name)}`;
  return {
    name: `${namespace}/${name}`,
    async read() {
      try {
        return toStored(await ask('get', { path }));
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return undefined;
        throw error;
      }
    },
    async create(data) {
      const body = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, namespace, labels: { 'app.kubernetes.io/name': 'outrigger' } },
        type: 'kubernetes.io/tls',
        data: encode(data),
      };
      return toStored(await ask('create', { method: 'POST', path: secrets, body }));
    },
    async update({ object }, data) {
      const body = { ...object, data: encode(data) };
      return toStored(await ask('update', { method: 'PUT', path, body }));
    },
  };
}

function withAdvice(error: ApiError, verb: string, secret: string): ApiError {
  return new ApiError(error.message, {
    status: error.status,
    reason: error.reason,
    cause: error,
    hint:
      `Grant the right to ${verb} Secret ${secret} (RBAC of "outrigger manifests"), ` +
      'or bring certificates of your own with --tlsCertFile, --tlsKeyFile and --caCertFile.',
  });
}

/** For following the changes of the Secret. */
export function secretNamed(namespace: string, name: string): Resource {
  return {
    description: `Secret ${namespace}/${name}`,
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`,
    fieldSelector: `metadata.name=${name}`,
    metadataOnly: true,
    optional: true,
  };
}

function toStored(object: JsonObject): StoredSecret {
  const data = new Map<string, string>();
  for (const [name, value] of Object.entries(isJsonObject(object['data']) ? object['data'] : {})) {
    if (typeof value === 'string') data.set(name, Buffer.from(value, 'base64').toString('utf8'));
  }
  return { data, object };
}

function encode(data: SecretData): JsonObject {
  return Object.fromEntries(
    [...data].map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('base64')]),
  );
}
