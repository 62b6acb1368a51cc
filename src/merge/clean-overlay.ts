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
  return clean(value, false);
}

/** As {@link cleanOverlay}, but null members stay. */
export function withoutDirectives(value: JsonValue): JsonValue | undefined {
  return clean(value, true);
}

function clean(value: JsonValue, keepNulls: boolean): JsonValue | undefined {
  if (Array.isArray(value)) return cleanList(value, keepNulls);
  if (isJsonObject(value)) return cleanObject(value, keepNulls);
  return value;
}

function cleanList(list: JsonValue[], keepNulls: boolean): JsonValue[] {
  let out: JsonValue[] | undefined;
  for (const [index, element] of list.entries()) {
    const kept = clean(element, keepNulls);
    if (out === undefined && kept !== element) out = list.slice(0, index);
    if (kept !== undefined) out?.push(kept);
  }
  return out ?? list;
}

function cleanObject(object: JsonObject, keepNulls: boolean): JsonObject | undefined {
  if (Object.hasOwn(object, directiveMarker)) {
    if (keepNulls || object[directiveMarker] !== null) return undefined;
  }
  const kept: [string, JsonValue][] = [];
  let changed = false;
  for (const [key, member] of Object.entries(object)) {
    const result = member === null && !keepNulls ? undefined : clean(member, keepNulls);
    if (result !== member) changed = true;
    if (result !== undefined) kept.push([key, result]);
  }
  if (!changed) return object;
  const out: JsonObject = {};
  for (const [key, member] of kept) setMember(out, key, member);
  return out;
}
