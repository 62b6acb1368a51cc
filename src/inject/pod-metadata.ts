/**
 * Safe reading of a pod's metadata, whatever JSON came in. Exports: {@link podLabels},
 * {@link podAnnotations}, {@link podNamespace}, {@link ownString}.
 */
import { isJsonObject, type JsonObject } from '../json.ts';

const none: JsonObject = Object.freeze(Object.create(null));

/** `metadata.labels` of a pod, or an empty object. Values are not checked: read them with {@link ownString}. */
export function podLabels(pod: JsonObject): JsonObject {
  return metadataMap(pod, 'labels');
}

/** `metadata.annotations` of a pod, or an empty object. Read values with {@link ownString}. */
export function podAnnotations(pod: JsonObject): JsonObject {
  return metadataMap(pod, 'annotations');
}

/** The pod's own namespace, else the request's (`pkg/kube/inject/webhook.go`, inject). */
export function podNamespace(pod: JsonObject, requestNamespace: string): string {
  const metadata = pod['metadata'];
  return (isJsonObject(metadata) && ownString(metadata, 'namespace')) || requestNamespace;
}

/**
 * The string that a JSON object holds under a name of its own, else undefined. A null counts as the
 * empty string, as Go decodes it into a `map[string]string`.
 */
export function ownString(
  object: { readonly [key: string]: unknown },
  name: string,
): string | undefined {
  if (!Object.hasOwn(object, name)) return undefined;
  const value = object[name];
  if (value === null) return '';
  return typeof value === 'string' ? value : undefined;
}

function metadataMap(pod: JsonObject, member: 'labels' | 'annotations'): JsonObject {
  const metadata = pod['metadata'];
  if (!isJsonObject(metadata)) return none;
  const map = metadata[member];
  return isJsonObject(map) ? map : none;
}
