import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from './api-error.ts';
import type { ApiServer } from './api-server.ts';
import { mediaTypes, type Resource } from './resource.ts';

const defaultPageSize = 500;

/**
 * Reads all objects of a resource, page by page.
 *
 * @param visit called for every object, in the order of the answer
 * @returns the version of the list, from which a watch can go on
 * @throws ApiError status 410 when reading the pages took so long that the rest of them is gone
 */
export async function listObjects(
  api: ApiServer,
  resource: Resource,
  signal: AbortSignal,
  visit: (object: JsonObject) => void,
): Promise<string> {
  let next: string | undefined;
  for (;;) {
    const page = await api.request({
      path: resource.path,
      query: {
        fieldSelector: resource.fieldSelector,
        labelSelector: resource.labelSelector,
        limit: String(resource.pageSize ?? defaultPageSize),
        continue: next,
      },
      accept: mediaTypes(resource).list,
      signal,
    });
    const { items, metadata } = page;
    for (const item of Array.isArray(items) ? items : []) {
      if (isJsonObject(item)) visit(item);
    }
    const { resourceVersion, continue: more } = isJsonObject(metadata) ? metadata : {};
    if (typeof more === 'string' && more !== '') {
      next = more;
      continue;
    }
    if (typeof resourceVersion === 'string' && resourceVersion !== '') return resourceVersion;
    throw new ApiError(`GET ${resource.path}: the list has no resourceVersion`, {
      hint: 'Something other than an API server may answer at this address.',
    });
  }
}
