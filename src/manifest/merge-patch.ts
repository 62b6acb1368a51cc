import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { jsonEqual } from '../json-equal.ts';

/**
 * The JSON merge patch (RFC 7396) that leads from one value to another: what differs, with null for members that
 * go. Such a patch cannot say everything: lists are replaced as a whole, and a member cannot become null.
 */
export function mergePatch(before: JsonValue, after: JsonValue): JsonValue {
  if (!isJsonObject(before) || !isJsonObject(after)) return after;
  const changes: [string, JsonValue][] = [];
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(after, key)) changes.push([key, null]);
  }
  for (const [key, value] of Object.entries(after)) {
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    if (old !== undefined && jsonEqual(old, value)) continue;
    changes.push([key, old === undefined ? value : mergePatch(old, value)]);
  }
  return Object.fromEntries(changes) as JsonObject;
}
