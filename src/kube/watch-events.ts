import { isJsonObject, type JsonObject } from '../json.ts';
import { type ApiError, refusedRequest } from './api-error.ts';
import type { ApiRequest, ApiServer } from './api-server.ts';
import { mediaTypes, type Resource } from './resource.ts';

/** What a watch says. */
export interface WatchEvent {
  /** A bookmark only tells how far we are. */
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: JsonObject;
  readonly resourceVersion: string;
}

/**
 * Watches a resource from a version on.
 *
 * @param options.seconds after which the server shall end the watch
 * @param options.onOpen called when the server has agreed to the watch
 * @throws ApiError when the watch cannot begin or breaks; status 410 when the version is too old
 */
export async function* watchEvents(
  api: ApiServer,
  resource: Resource,
  resourceVersion: string,
  options: {
    readonly seconds: number;
    readonly signal: AbortSignal;
    readonly onOpen?: () => void;
  },
): AsyncGenerator<WatchEvent, void, undefined> {
  const request: ApiRequest = {
    path: resource.path,
    query: {
      watch: 'true',
      allowWatchBookmarks: 'true',
      resourceVersion,
      timeoutSeconds: String(options.seconds),
      fieldSelector: resource.fieldSelector,
      labelSelector: resource.labelSelector,
    },
    accept: mediaTypes(resource).watch,
    signal: options.signal,
  };
  const events = api.stream(request, options.onOpen);
  for await (const { type, object } of events) {
    if (type === 'ERROR') throw brokenWatch(resource, object);
    if (!isEventType(type) || !isJsonObject(object)) continue;
    const { metadata } = object;
    const version = isJsonObject(metadata) ? metadata['resourceVersion'] : undefined;
    if (typeof version !== 'string' || version === '') continue;
    yield { type, object, resourceVersion: version };
  }
}

function isEventType(type: unknown): type is WatchEvent['type'] {
  return type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK';
}

/** The Status object that ends a watch carries the HTTP status that came too late for the head. */
function brokenWatch(resource: Resource, status: unknown): ApiError {
  const code = isJsonObject(status) ? status['code'] : undefined;
  return refusedRequest({
    what: `watch of ${resource.path}`,
    status: typeof code === 'number' ? code : 500,
    body: status,
  });
}
