import { GoCallError, GoMap } from '../value/model.ts';

/**
 * Go's `map[string]interface {}`, which templates can change in place: a plain object (own members only)
 * or a `Map`. A `GoMap` stands for the nil map.
 */
export type AnyMap = { [key: string]: unknown } | Map<string, unknown> | GoMap;

export function getEntry(map: AnyMap, key: string): unknown {
  if (map instanceof Map) return map.has(key) ? (map.get(key) ?? null) : undefined;
  if (map instanceof GoMap) return undefined;
  return Object.hasOwn(map, key) ? (map[key] ?? null) : undefined;
}

export function entriesOf(map: AnyMap): readonly (readonly [string, unknown])[] {
  if (map instanceof Map) return [...map];
  return map instanceof GoMap ? [] : Object.entries(map);
}

/** A map that outlives the template's run (values that all runs share) comes frozen. */
function refuseShared(map: AnyMap): void {
  if (Object.isFrozen(map)) {
    throw new GoCallError('the map is shared by all runs of the template; change a deepCopy of it');
  }
}

/** Sets an entry; a key `__proto__` is one like any other. */
export function setEntry(map: AnyMap, key: string, value: unknown): void {
  refuseShared(map);
  if (map instanceof Map) {
    map.set(key, value);
  } else if (map instanceof GoMap) {
    throw new GoCallError('assignment to entry in nil map');
  } else if (key === '__proto__') {
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    map[key] = value;
  }
}

export function deleteEntry(map: AnyMap, key: string): void {
  refuseShared(map);
  if (map instanceof Map) map.delete(key);
  else if (!(map instanceof GoMap)) delete map[key];
}
