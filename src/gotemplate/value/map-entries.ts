import { GoMap, type GoSource, GoStruct, wrap } from './model.ts';
import { compareUtf8 } from './utf8.ts';

/** A value that reads as a map with string keys: a typed map, a plain object or a `Map`. */
export type MapLike = GoMap | GoSource | ReadonlyMap<string, unknown>;

/** Keys in byte order, the order in which Go ranges, prints and encodes. */
export function sortedKeys(map: MapLike): string[] {
  const keys =
    map instanceof Map
      ? [...(map as ReadonlyMap<string, unknown>).keys()]
      : map instanceof GoMap
        ? Object.keys(map.entries ?? {})
        : Object.keys(map);
  return keys.length < 2 ? keys : keys.sort(compareUtf8);
}

/** Number of entries. */
export function mapSize(map: MapLike): number {
  if (map instanceof Map) return map.size;
  if (map instanceof GoMap) return map.entries === null ? 0 : Object.keys(map.entries).length;
  return Object.keys(map).length;
}

/** The entry of a key as a template value; undefined when there is none. Never looks at prototypes. */
export function mapEntry(map: MapLike, key: string): unknown {
  if (map instanceof GoMap) {
    const { entries, type } = map;
    if (entries === null || !Object.hasOwn(entries, key)) return undefined;
    if (type.elem === undefined) return entries[key];
    const value = wrap(type.elem, entries[key]);
    // Map values have no address in Go, so the methods of their pointers are out of reach.
    return value instanceof GoStruct ? new GoStruct(value.type, value.source, false) : value;
  }
  if (map instanceof Map) {
    if (!map.has(key)) return undefined;
    return map.get(key) ?? null;
  }
  const entries = map as GoSource;
  return Object.hasOwn(entries, key) ? (entries[key] ?? null) : undefined;
}
