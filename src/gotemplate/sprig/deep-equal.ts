import { isList, listItems } from '../value/list.ts';
import { type MapLike, mapEntry, mapSize, sortedKeys } from '../value/map-entries.ts';
import {
  GoInt,
  GoMap,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  GoStruct,
  wrap,
} from '../value/model.ts';
import { readRawField } from '../value/struct-field.ts';
import { goTypeOf } from '../value/type-of.ts';

/** Opaque values that know when they are the same. */
export interface Equatable {
  equals(other: unknown): boolean;
}

/** Go's `reflect.DeepEqual`: the same types all the way down, and the same values. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === null || a === undefined || b === null || b === undefined) {
    return (a ?? null) === (b ?? null);
  }
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (goTypeOf(a)?.name !== goTypeOf(b)?.name) return false;
  if (a instanceof GoInt && b instanceof GoInt) return BigInt(a.value) === BigInt(b.value);
  if (a instanceof GoNamed && b instanceof GoNamed) return a.value === b.value;
  if (a instanceof GoPointer && b instanceof GoPointer) return deepEqual(a.target, b.target);
  if (a instanceof GoStruct && b instanceof GoStruct) return structsEqual(a, b);
  if (a instanceof GoOpaque) return a === b || (isEquatable(a) && a.equals(b));
  if (isList(a) && isList(b)) return listsEqual(a, b);
  return mapsEqual(a as MapLike, b as MapLike);
}

function isEquatable(value: object): value is Equatable {
  return 'equals' in value && typeof value.equals === 'function';
}

function structsEqual(a: GoStruct, b: GoStruct): boolean {
  if (a.source === b.source) return true;
  for (const field of a.type.fields?.values() ?? []) {
    const x = wrap(field.type, readRawField(field, a.source));
    const y = wrap(field.type, readRawField(field, b.source));
    if (!deepEqual(x, y)) return false;
  }
  return true;
}

/** A nil slice or map is not an empty one. */
function listsEqual(a: GoSlice | readonly unknown[], b: GoSlice | readonly unknown[]): boolean {
  const isNil = (list: GoSlice | readonly unknown[]) =>
    list instanceof GoSlice && list.items === null;
  if (isNil(a) !== isNil(b)) return false;
  const left = listItems(a);
  const right = listItems(b);
  return left.length === right.length && left.every((item, i) => deepEqual(item, right[i]));
}

function mapsEqual(a: MapLike, b: MapLike): boolean {
  const isNil = (map: MapLike) => map instanceof GoMap && map.entries === null;
  if (isNil(a) !== isNil(b) || mapSize(a) !== mapSize(b)) return false;
  return sortedKeys(a).every((key) => {
    const other = mapEntry(b, key);
    return other !== undefined && deepEqual(mapEntry(a, key), other);
  });
}
