/** Laying values over others, as Helm does. Exports: {@link layValues}, {@link mergeValues}. */
import { isJsonObject, type JsonValue } from '../json.ts';

/** Lays what one file says over what another says: objects are merged key by key, anything else replaces. */
export function layValues(below: JsonValue, above: JsonValue): JsonValue {
  if (!isJsonObject(below) || !isJsonObject(above)) return above;
  const members = new Map(Object.entries(below));
  for (const [key, value] of Object.entries(above)) {
    const under = members.get(key);
    members.set(key, under === undefined ? value : layValues(under, value));
  }
  return Object.fromEntries(members);
}

/** Lays values over defaults: the same, and a null takes the default away. */
export function mergeValues(defaults: JsonValue, values: JsonValue): JsonValue {
  if (!isJsonObject(defaults) || !isJsonObject(values)) return values;
  const members = new Map(Object.entries(defaults));
  for (const [key, value] of Object.entries(values)) {
    const under = members.get(key);
    if (value === null) members.delete(key);
    else members.set(key, under === undefined ? value : mergeValues(under, value));
  }
  return Object.fromEntries(members);
}
