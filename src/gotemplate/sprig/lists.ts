import { isList, type ListLike, listItem, listItems, listLength } from '../value/list.ts';
import {
  anySliceType,
  anyType,
  boolType,
  type FunctionMap,
  GoCallError,
  type GoFunction,
  type GoInt,
  GoSlice,
  intSliceType,
  intType,
  sliceOf,
  stringSliceType,
  stringType,
} from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { compareUtf8 } from '../value/utf8.ts';
import { checkListLength } from './bounds.ts';
import { deepEqual } from './deep-equal.ts';
import { fixed, variadic } from './define.ts';
import { DistinctValues } from './distinct-values.ts';
import { asList } from './kind.ts';
import { toInt } from './number-casts.ts';
import { toText, toTexts } from './to-text.ts';

const nilList = new GoSlice(anySliceType, null);
const listOfLists = sliceOf(anySliceType);

function items(value: unknown, verb: string): readonly unknown[] {
  return listItems(asList(value, (kind) => `Cannot ${verb} on type ${kind}`));
}

function numbers(values: readonly number[]): GoSlice {
  return new GoSlice(intSliceType, values);
}

/** `until`, `untilStep` and `seq` count alike. */
function steps(start: number, stop: number, step: number): number[] {
  if (step === 0 || step > 0 !== stop >= start) return [];
  checkListLength(Math.abs((stop - start) / step));
  const values: number[] = [];
  for (let i = start; step > 0 ? i < stop : i > stop; i += step) values.push(i);
  return values;
}

function seq(...params: readonly GoInt[]): string {
  const [a = 0, b = 0, c = 0] = params.map(numberOf);
  switch (params.length) {
    case 1:
      return steps(1, a < 1 ? a - 1 : a + 1, a < 1 ? -1 : 1).join(' ');
    case 2:
      return steps(a, b < a ? b - 1 : b + 1, b < a ? -1 : 1).join(' ');
    case 3:
      return c < a && b > 0 ? '' : steps(a, c < a ? c - 1 : c + 1, b).join(' ');
    default:
      return '';
  }
}

function numberOf(value: GoInt): number {
  return Number(value.value);
}

function uniq(value: unknown): unknown[] {
  const seen = new DistinctValues();
  return items(value, 'find uniq').filter((item) => seen.add(item));
}

function slice(value: unknown, ...indexes: readonly unknown[]): unknown {
  const list = asList(value, (kind) => `list should be type of slice or array but ${kind}`);
  const length = listLength(list);
  if (length === 0) return null;
  const start = indexes.length > 0 ? toInt(indexes[0]) : 0;
  const end = indexes.length > 1 ? toInt(indexes[1]) : length;
  if (start < 0 || end < start || end > length) {
    throw new GoCallError('reflect.Value.Slice: slice index out of bounds');
  }
  return list instanceof GoSlice
    ? new GoSlice(list.type, (list.items ?? []).slice(start, end))
    : list.slice(start, end);
}

function chunk(size: GoInt, value: unknown): GoSlice {
  const list = listItems(asList(value, (kind) => `Cannot chunk type ${kind}`));
  const step = numberOf(size);
  if (step <= 0) {
    throw new GoCallError(
      step === 0
        ? 'runtime error: makeslice: len out of range'
        : 'runtime error: index out of range',
    );
  }
  const chunks: unknown[][] = [];
  for (let i = 0; i < list.length; i += step) chunks.push(list.slice(i, i + step));
  return new GoSlice(listOfLists, chunks);
}

function concat(...lists: readonly unknown[]): unknown {
  const all = lists.flatMap((list) =>
    listItems(asList(list, (kind) => `Cannot concat type ${kind} as list`)),
  );
  checkListLength(all.length);
  return all.length === 0 ? nilList : all;
}

function sortAlpha(value: unknown): GoSlice {
  const texts = isList(value) ? toTexts(value) : [toText(value)];
  return new GoSlice(stringSliceType, texts.sort(compareUtf8));
}

function firstOf(list: ListLike): unknown {
  return listLength(list) === 0 ? null : listItem(list, 0);
}

function lastOf(list: ListLike): unknown {
  const length = listLength(list);
  return length === 0 ? null : listItem(list, length - 1);
}

const list = variadic([anyType], anySliceType, (...values: readonly unknown[]) => [...values]);
const push = fixed([anyType, anyType], anySliceType, (value: unknown, item: unknown) => [
  ...items(value, 'push'),
  item,
]);

/** Functions that also exist as `mustX`, which tell their failures in the same way. */
const withMust: { readonly [name: string]: GoFunction } = {
  append: push,
  push,
  prepend: fixed([anyType, anyType], anySliceType, (value: unknown, item: unknown) => [
    item,
    ...items(value, 'prepend'),
  ]),
  first: fixed([anyType], anyType, (value: unknown) =>
    firstOf(asList(value, (kind) => `Cannot find first on type ${kind}`)),
  ),
  last: fixed([anyType], anyType, (value: unknown) =>
    lastOf(asList(value, (kind) => `Cannot find last on type ${kind}`)),
  ),
  rest: fixed([anyType], anySliceType, (value: unknown) => {
    const all = items(value, 'find rest');
    return all.length === 0 ? nilList : all.slice(1);
  }),
  initial: fixed([anyType], anySliceType, (value: unknown) => {
    const all = items(value, 'find initial');
    return all.length === 0 ? nilList : all.slice(0, -1);
  }),
  reverse: fixed([anyType], anySliceType, (value: unknown) =>
    [...items(value, 'find reverse')].reverse(),
  ),
  uniq: fixed([anyType], anySliceType, uniq),
  without: variadic(
    [anyType, anyType],
    anySliceType,
    (value: unknown, ...dropped: readonly unknown[]) =>
      items(value, 'find without').filter(
        (item) => !dropped.some((other) => deepEqual(other, item)),
      ),
  ),
  has: fixed([anyType, anyType], boolType, (needle: unknown, value: unknown) =>
    value === null ? false : items(value, 'find has').some((item) => deepEqual(item, needle)),
  ),
  compact: fixed([anyType], anySliceType, (value: unknown) =>
    items(value, 'compact').filter(isTrue),
  ),
  slice: variadic([anyType, anyType], anyType, slice),
  chunk: fixed([intType, anyType], listOfLists, chunk),
};

/** sprig's functions on lists. */
export const listFunctions: FunctionMap = {
  list,
  tuple: list,
  ...withMust,
  ...Object.fromEntries(
    Object.entries(withMust).map(([name, fn]) => [
      `must${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      fn,
    ]),
  ),
  concat: variadic([anyType], anySliceType, concat),
  until: fixed([intType], intSliceType, (count: GoInt) => {
    const stop = numberOf(count);
    return numbers(steps(0, stop, stop < 0 ? -1 : 1));
  }),
  untilStep: fixed(
    [intType, intType, intType],
    intSliceType,
    (start: GoInt, stop: GoInt, step: GoInt) =>
      numbers(steps(numberOf(start), numberOf(stop), numberOf(step))),
  ),
  seq: variadic([intType], stringType, seq),
  sortAlpha: fixed([anyType], stringSliceType, sortAlpha),
  toStrings: fixed(
    [anyType],
    stringSliceType,
    (value: unknown) => new GoSlice(stringSliceType, toTexts(value)),
  ),
  join: fixed([stringType, anyType], stringType, (separator: string, value: unknown) =>
    toTexts(value).join(separator),
  ),
};
