/** Objects of the cluster, one by one. All of this throws an {@link ApiError} when it fails. */
import type { JsonObject } from '../../json.ts';
import { ApiError } from '../../kube/api-error.ts';
import type { ApiServer } from '../../kube/api-server.ts';
import { listObjects } from '../../kube/list-objects.ts';

/** @param path of the list, such as `/api/v1/namespaces` */
export async function listAll(
  api: ApiServer,
  path: string,
  labelSelector: string | undefined,
): Promise<JsonObject[]> {
  const found: JsonObject[] = [];
  const resource = {
    description: path,
    path,
    ...(labelSelector !== undefined && { labelSelector }),
  };
  await listObjects(api, resource, new AbortController().signal, (object) => found.push(object));
  return found;
}

/** Undefined when there is none of that name. */
export async function readObject(
  api: ApiServer,
  path: string,
  name: string,
): Promise<JsonObject | undefined> {
  return orAbsent(api.request({ path: at(path, name) }));
}

export async function createObject(api: ApiServer, path: string, body: JsonObject): Promise<void> {
  await api.request({ method: 'POST', path, body });
}

/** Fails with status 409 when the object has changed since it was read. */
export async function putObject(
  api: ApiServer,
  path: string,
  name: string,
  body: JsonObject,
): Promise<void> {
  await api.request({ method: 'PUT', path: at(path, name), body });
}

/** It is no error when there is none of that name. */
export async function deleteObject(api: ApiServer, path: string, name: string): Promise<void> {
  await orAbsent(api.request({ method: 'DELETE', path: at(path, name) }));
}

function at(path: string, name: string): string {
  return `${path}/${encodeURIComponent(name)}`;
}

async function orAbsent(answer: Promise<JsonObject>): Promise<JsonObject | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
