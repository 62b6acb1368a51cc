import { isJsonObject, type JsonValue } from '../json.ts';
import type { ListSchema } from '../schema/types.ts';

/** Where the elements of a changed list come from. */
export interface ListMatch {
  /** For each new element the old one that it continues, or -1. */
  readonly from: readonly number[];
  /** Of those, the ones that need not move: their old places rise with the new ones. */
  readonly stays: readonly boolean[];
}

/**
 * Finds out which old element each new one continues: the very same object first, then by merge key (the
 * first of one key continues the first, the second the second), in lists without a key by position.
 */
export function matchLists(
  list: ListSchema,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): ListMatch {
  const from = new Array<number>(after.length).fill(-1);
  const taken = new Array<boolean>(before.length).fill(false);
  const take = (index: number, old: number): void => {
    from[index] = old;
    taken[old] = true;
  };
  const start = matchEnds(before, after, take);
  matchIdentical(before, after, start, from, taken, take);
  if (list.mergeKey === undefined) {
    for (let index = 0; index < after.length && index < before.length; index++) {
      if (from[index] === -1 && taken[index] === false) take(index, index);
    }
  } else {
    matchKeys(list.mergeKey, before, after, from, taken, take);
  }
  return { from, stays: risingSubsequence(from) };
}

/** Elements of longer lists are matched by {@link matchLists} alone. */
const shortList = 24;

/**
 * True when {@link matchLists} would find that the old elements follow each other behind all that are new, as
 * injection mostly leaves a list; this is far quicker to see.
 */
export function onlyGrowsInFront(
  { mergeKey }: ListSchema,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): boolean {
  const added = after.length - before.length;
  if (added < 0 || after.length > shortList) return false;
  let changed = false;
  for (let old = 0; old < before.length; old++) {
    const [was, now] = [before[old], after[added + old]];
    if (was === now) continue;
    if (mergeKey === undefined || keyOf(was, mergeKey) !== keyOf(now, mergeKey)) return false;
    changed = true;
  }
  for (let index = 0; index < added; index++) {
    if (before.includes(after[index] as JsonValue)) return false;
  }
  return !changed || mergeKey === undefined || haveKeysOfTheirOwn(after, added, mergeKey);
}

/** Whether the elements from `start` on have keys that no other element has. */
function haveKeysOfTheirOwn(list: readonly JsonValue[], start: number, mergeKey: string): boolean {
  for (let index = start; index < list.length; index++) {
    const key = keyOf(list[index], mergeKey);
    for (let other = 0; other < index; other++) {
      if (keyOf(list[other], mergeKey) === key) return false;
    }
  }
  return true;
}

function keyOf(element: JsonValue | undefined, mergeKey: string): JsonValue | undefined {
  return isJsonObject(element) ? element[mergeKey] : undefined;
}

type Take = (index: number, old: number) => void;

/** Pairs what both lists begin and end with; gives the length of the common beginning. */
function matchEnds(before: readonly JsonValue[], after: readonly JsonValue[], take: Take): number {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  for (; start < shorter && before[start] === after[start]; start++) take(start, start);
  for (let end = 1; end <= shorter - start; end++) {
    const [old, index] = [before.length - end, after.length - end];
    if (before[old] !== after[index]) break;
    take(index, old);
  }
  return start;
}

function matchIdentical(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  start: number,
  from: readonly number[],
  taken: readonly boolean[],
  take: Take,
): void {
  const places = new Map<JsonValue, number[]>();
  for (let old = before.length - 1; old >= start; old--) {
    if (taken[old] === true) continue;
    const element = before[old] as JsonValue;
    const known = places.get(element);
    if (known === undefined) places.set(element, [old]);
    else known.push(old);
  }
  if (places.size === 0) return;
  for (let index = start; index < after.length; index++) {
    if (from[index] !== -1) continue;
    const old = places.get(after[index] as JsonValue)?.pop();
    if (old !== undefined) take(index, old);
  }
}

function matchKeys(
  mergeKey: string,
  before: readonly JsonValue[],
  after: readonly JsonValue[],
  from: readonly number[],
  taken: readonly boolean[],
  take: Take,
): void {
  const places = new Map<JsonValue | undefined, number[]>();
  for (let old = before.length - 1; old >= 0; old--) {
    if (taken[old] === true) continue;
    const key = keyOf(before[old], mergeKey);
    const known = places.get(key);
    if (known === undefined) places.set(key, [old]);
    else known.push(old);
  }
  if (places.size === 0) return;
  for (let index = 0; index < after.length; index++) {
    if (from[index] !== -1) continue;
    const old = places.get(keyOf(after[index], mergeKey))?.pop();
    if (old !== undefined) take(index, old);
  }
}

/** Marks a longest subsequence of rising numbers; -1 never belongs to it. */
function risingSubsequence(numbers: readonly number[]): boolean[] {
  const marked = new Array<boolean>(numbers.length).fill(false);
  /** For each length the place of the smallest number that such a subsequence ends with. */
  const ends: number[] = [];
  const previous = new Array<number>(numbers.length).fill(-1);
  for (const [place, number] of numbers.entries()) {
    if (number === -1) continue;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
      else high = middle;
    }
    previous[place] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = place;
  }
  for (let place = ends.at(-1) ?? -1; place !== -1; place = previous[place] as number) {
    marked[place] = true;
  }
  return marked;
}
