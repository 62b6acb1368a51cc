import { isList, listItem, listItems, listLength } from '../value/list.ts';
import { type MapLike, mapEntry, mapSize } from '../value/map-entries.ts';
import {
  GoCallError,
  GoInt,
  GoMap,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  GoStruct,
  uint8Type,
  wrap,
} from '../value/model.ts';
import { goTypeOf, typeName } from '../value/type-of.ts';
import { byteLength, sliceBytes, toBytes } from '../value/utf8.ts';

/** Follows pointers; null for a nil one. */
function indirect(value: unknown): unknown {
  return value instanceof GoPointer ? value.target : value;
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof GoNamed && typeof value.value === 'string' ? value.value : undefined;
}

function isMap(value: unknown): value is MapLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof GoStruct) &&
    !(value instanceof GoInt) &&
    !(value instanceof GoNamed) &&
    !(value instanceof GoPointer) &&
    !(value instanceof GoOpaque)
  );
}

/** `len x`: bytes of a string, entries of a list or map. */
export function len(value: unknown): number {
  if (value === undefined) {
    throw new GoCallError('reflect: call of reflect.Value.Type on zero Value');
  }
  const target = indirect(value);
  if (target === null) throw new GoCallError('len of nil pointer');
  const text = textOf(target);
  if (text !== undefined) return byteLength(text);
  if (isList(target)) return listLength(target);
  if (isMap(target)) return mapSize(target);
  throw new GoCallError(`len of type ${typeName(target)}`);
}

function position(index: unknown, limit: number): number {
  if (index === undefined || index === null) {
    throw new GoCallError('cannot index slice/array with nil');
  }
  if (!(index instanceof GoInt)) {
    throw new GoCallError(`cannot index slice/array with type ${typeName(index)}`);
  }
  const at = Number(index.value);
  if (at < 0 || at > limit) throw new GoCallError(`index out of range: ${index.value}`);
  return at;
}

function mapKey(index: unknown): string {
  if (typeof index === 'string') return index;
  if (index === undefined || index === null) {
    throw new GoCallError('value is nil; should be of type string');
  }
  throw new GoCallError(`value has type ${typeName(index)}; should be string`);
}

/** `index x i…`: repeated indexing of lists, strings and maps. */
export function index(first: unknown, ...indexes: readonly unknown[]): unknown {
  if (first === undefined || first === null) throw new GoCallError('index of untyped nil');
  let item: unknown = first;
  for (const step of indexes) {
    item = indirect(item);
    if (item === null || item === undefined) throw new GoCallError('index of nil pointer');
    const text = textOf(item);
    if (text !== undefined) {
      const length = byteLength(text);
      const at = position(step, length);
      if (at === length) throw new GoCallError('reflect: string index out of range');
      item = new GoInt(uint8Type, toBytes(text)[at] ?? 0);
    } else if (isList(item)) {
      const length = listLength(item);
      const at = position(step, length);
      if (at === length) throw new GoCallError('reflect: slice index out of range');
      item = listItem(item, at);
    } else if (isMap(item)) {
      const found = mapEntry(item, mapKey(step));
      const elem = goTypeOf(item)?.elem;
      item = found === undefined && elem !== undefined ? wrap(elem, undefined) : (found ?? null);
    } else {
      throw new GoCallError(`can't index item of type ${typeName(item)}`);
    }
  }
  return item;
}

/** `slice x i j k` of the language itself (sprig hides it behind its own). */
export function slice(first: unknown, ...indexes: readonly unknown[]): unknown {
  if (first === undefined || first === null) throw new GoCallError('slice of untyped nil');
  const item = indirect(first);
  const text = textOf(item);
  if (indexes.length > 3) throw new GoCallError(`too many slice indexes: ${indexes.length}`);
  if (text === undefined && !isList(item)) {
    throw new GoCallError(`can't slice item of type ${typeName(item)}`);
  }
  if (text !== undefined && indexes.length === 3) {
    throw new GoCallError('cannot 3-index slice a string');
  }
  const limit = text === undefined ? listLength(item as GoSlice) : byteLength(text);
  const [from = 0, to = limit, most = limit] = indexes.map((at) => position(at, limit));
  if (from > to) throw new GoCallError(`invalid slice index: ${from} > ${to}`);
  if (to > most) throw new GoCallError(`invalid slice index: ${to} > ${most}`);
  if (text !== undefined) return sliceBytes(text, from, to);
  const list = item as GoSlice | readonly unknown[];
  if (list instanceof GoSlice) return new GoSlice(list.type, (list.items ?? []).slice(from, to));
  return listItems(list).slice(from, to);
}

/** True for anything that reads as a map with string keys. */
export function isMapValue(value: unknown): value is MapLike {
  return value instanceof GoMap || isMap(value);
}
