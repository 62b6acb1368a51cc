import { mapEntry, sortedKeys } from '../value/map-entries.ts';
import { anyType, GoCallError, GoMap } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { isAnyMap } from '../value/type-of.ts';
import { type AnyMap, entriesOf, getEntry, setEntry } from './any-map.ts';

/** Whether an entry of the source replaces the target's (undefined: it has none). */
type Takes = (mine: unknown, theirs: unknown) => boolean;

/** Fills `target` from the sources in turn; what it has keeps its value unless that is empty. */
export function merge(target: AnyMap, ...sources: readonly AnyMap[]): AnyMap {
  return mergeAll(target, sources, (mine, theirs) => theirs !== null && !isTrue(mine));
}

/** Overwrites `target` from the sources in turn, with empty values and nil, too. */
export function mergeOverwrite(target: AnyMap, ...sources: readonly AnyMap[]): AnyMap {
  return mergeAll(target, sources, () => true);
}

function mergeAll(target: AnyMap, sources: readonly AnyMap[], takes: Takes): AnyMap {
  // A nil map is replaced by a new one.
  const result: AnyMap = target instanceof GoMap ? {} : target;
  for (const source of sources) mergeInto(result, source, takes, []);
  return result;
}

function mergeInto(target: AnyMap, source: AnyMap, takes: Takes, path: readonly AnyMap[]): void {
  // Maps that contain themselves, or each other, have nothing to give that they have not given.
  if (source === target || path.includes(source)) return;
  for (const [key, theirs] of mapEntries(source)) {
    const mine = getEntry(target, key);
    if (isMap(mine) && isMap(theirs)) {
      if (isTyped(mine)) setEntry(target, key, mergedTyped(mine, theirs, takes));
      else mergeInto(mine, theirs, takes, [...path, source]);
    } else if (takes(mine, theirs)) {
      setEntry(target, key, theirs);
    }
  }
}

/** A `map[string]string` and its like with entries of another map; values never change in place. */
function mergedTyped(target: GoMap, source: AnyMap, takes: Takes): GoMap {
  const elem = target.type.elem ?? anyType;
  const from = source instanceof GoMap ? (source.type.elem ?? anyType) : anyType;
  const entries: Record<string, unknown> = Object.assign(Object.create(null), target.entries);
  for (const [key, theirs] of mapEntries(source)) {
    if (!takes(mapEntry(target, key), theirs)) continue;
    if (from.name !== elem.name) {
      throw new GoCallError(
        `reflect.Value.SetMapIndex: value of type ${from.name} is not assignable to type ${elem.name}`,
      );
    }
    entries[key] = source instanceof GoMap ? source.entries?.[key] : theirs;
  }
  return new GoMap(target.type, entries);
}

function mapEntries(map: AnyMap): readonly (readonly [string, unknown])[] {
  if (!(map instanceof GoMap)) return entriesOf(map);
  return sortedKeys(map).map((key) => [key, mapEntry(map, key)] as const);
}

function isTyped(map: AnyMap): map is GoMap {
  return map instanceof GoMap && map.type.elem !== anyType;
}

function isMap(value: unknown): value is AnyMap {
  return value instanceof GoMap || isAnyMap(value);
}
