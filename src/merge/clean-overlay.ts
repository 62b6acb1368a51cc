import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { setMember } from './json-kind.ts';

/** Member of an overlay's object that says what to do with it. */
export const directiveMarker = '$patch';

/**
 * An overlay's value that is taken as it is, without what only means something to a merge: members that
 * are null go, then every object that carries a directive goes with all it holds. Null list elements
 * stay. `undefined`: nothing is left. Shares what is clean already.
 */
export function cleanOverlay(value: JsonValue): JsonValue | undefined {
  if (Array.isArray(value)) return cleanList(value);
  if (isJsonObject(value)) return cleanObject(value);
  return value;
}

function cleanList(list: JsonValue[]): JsonValue[] {
  let out: JsonValue[] | undefined;
  for (const [index, element] of list.entries()) {
    const clean = cleanOverlay(element);
    if (out === undefined && clean !== element) out = list.slice(0, index);
    if (clean !== undefined) out?.push(clean);
  }
  return out ?? list;
}

function cleanObject(object: JsonObject): JsonObject | undefined {
  if (Object.hasOwn(object, directiveMarker) && object[directiveMarker] !== null) return undefined;
  const kept: [string, JsonValue][] = [];
  let changed = false;
  for (const [key, member] of Object.entries(object)) {
    const clean = member === null ? undefined : cleanOverlay(member);
    if (clean !== member) changed = true;
    if (clean !== undefined) kept.push([key, clean]);
  }
  if (!changed) return object;
  const out: JsonObject = {};
  for (const [key, member] of kept) setMember(out, key, member);
  return out;
}
