import { sortedKeys } from '../value/map-entries.ts';
import {
  anyMapType,
  anySliceType,
  anyType,
  boolType,
  type FunctionMap,
  GoCallError,
  GoInt,
  GoMap,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  GoStruct,
  stringSliceType,
  stringType,
} from '../value/model.ts';
import { isAnyMap, typeName } from '../value/type-of.ts';
import { type AnyMap, deleteEntry, entriesOf, getEntry, setEntry } from './any-map.ts';
import { changing, fixed, variadic } from './define.ts';
import { merge, mergeOverwrite } from './merge.ts';
import { toText } from './to-text.ts';

function dict(...values: readonly unknown[]): AnyMap {
  const map: AnyMap = {};
  for (let i = 0; i < values.length; i += 2) {
    setEntry(map, toText(values[i]), i + 1 < values.length ? values[i + 1] : '');
  }
  return map;
}

function chosen(map: AnyMap, wanted: (key: string) => boolean): AnyMap {
  const result: AnyMap = {};
  for (const [key, value] of entriesOf(map)) if (wanted(key)) setEntry(result, key, value);
  return result;
}

function pick(map: AnyMap, ...keys: readonly string[]): AnyMap {
  const wanted = new Set(keys);
  return chosen(map, (key) => wanted.has(key));
}

function omit(map: AnyMap, ...keys: readonly string[]): AnyMap {
  const dropped = new Set(keys);
  return chosen(map, (key) => !dropped.has(key));
}

function pluck(key: string, ...maps: readonly AnyMap[]): unknown[] {
  return maps.map((map) => getEntry(map, key)).filter((value) => value !== undefined);
}

/** Go's order is random here; sorted keys at least stay the same. */
function keys(...maps: readonly AnyMap[]): GoSlice {
  return new GoSlice(
    stringSliceType,
    maps.flatMap((map) => sortedKeys(map)),
  );
}

function values(map: AnyMap): unknown[] {
  return sortedKeys(map).map((key) => getEntry(map, key));
}

/** Deep, so that changing the copy in place leaves the original alone; typed values never change. */
function deepCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (typeof value !== 'object' || value === null || isTyped(value)) return value;
  const copy: AnyMap = {};
  for (const [key, member] of entriesOf(value as AnyMap)) setEntry(copy, key, deepCopy(member));
  return copy;
}

function isTyped(value: object): boolean {
  return [GoInt, GoNamed, GoSlice, GoMap, GoStruct, GoPointer, GoOpaque].some(
    (type) => value instanceof type,
  );
}

function notA(value: unknown, wanted: string): never {
  const found = value === null || value === undefined ? 'nil' : typeName(value);
  throw new GoCallError(`interface conversion: interface {} is ${found}, not ${wanted}`);
}

function dig(...args: readonly unknown[]): unknown {
  if (args.length < 3) throw new GoCallError('dig needs at least three arguments');
  let at: unknown = args.at(-1);
  const path = args.slice(0, -2);
  if (!isAnyMap(at)) notA(at, anyMapType.name);
  const wrong = path.find((key) => typeof key !== 'string');
  if (wrong !== undefined) notA(wrong, 'string');
  for (const key of path) {
    if (!isAnyMap(at)) notA(at, anyMapType.name);
    at = getEntry(at as AnyMap, String(key));
    if (at === undefined) return args.at(-2);
  }
  return at;
}

const mergeFunction = changing(variadic([anyMapType, anyMapType], anyType, merge));
const mergeOverwriteFunction = changing(
  variadic([anyMapType, anyMapType], anyType, mergeOverwrite),
);
const deepCopyFunction = fixed([anyType], anyType, (value: unknown) => {
  if (value === null) throw new GoCallError('reflect: call of reflect.Value.Type on zero Value');
  return deepCopy(value);
});

/** sprig's functions on `map[string]interface {}`. */
export const dictFunctions: FunctionMap = {
  dict: { ...variadic([anyType], anyMapType, dict), pairs: true },
  get: fixed([anyMapType, stringType], anyType, (map: AnyMap, key: string) => {
    const value = getEntry(map, key);
    return value === undefined ? '' : value;
  }),
  set: changing(
    fixed(
      [anyMapType, stringType, anyType],
      anyMapType,
      (map: AnyMap, key: string, value: unknown) => {
        setEntry(map, key, value);
        return map;
      },
    ),
  ),
  unset: changing(
    fixed([anyMapType, stringType], anyMapType, (map: AnyMap, key: string) => {
      deleteEntry(map, key);
      return map;
    }),
  ),
  hasKey: fixed(
    [anyMapType, stringType],
    boolType,
    (map: AnyMap, key: string) => getEntry(map, key) !== undefined,
  ),
  pluck: variadic([stringType, anyMapType], anySliceType, pluck),
  keys: variadic([anyMapType], stringSliceType, keys),
  values: fixed([anyMapType], anySliceType, values),
  pick: variadic([anyMapType, stringType], anyMapType, pick),
  omit: variadic([anyMapType, stringType], anyMapType, omit),
  merge: mergeFunction,
  mustMerge: mergeFunction,
  mergeOverwrite: mergeOverwriteFunction,
  mustMergeOverwrite: mergeOverwriteFunction,
  deepCopy: deepCopyFunction,
  mustDeepCopy: deepCopyFunction,
  dig: variadic([anyType], anyType, dig),
};

/** Functions that change a map in place: who renders must not hand them a map that others share. */
export const mutatingFunctions: ReadonlySet<string> = new Set(
  Object.keys(dictFunctions).filter((name) => dictFunctions[name]?.effect === 'changes'),
);
