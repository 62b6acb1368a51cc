import { GoMap } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { isAnyMap } from '../value/type-of.ts';
import { type AnyMap, entriesOf, getEntry, setEntry } from './any-map.ts';

/** What becomes of an entry that both maps have and that are not both maps. */
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

/** Nested values that are taken over are shared with the source, as in Go. */
function mergeInto(target: AnyMap, source: AnyMap, takes: Takes, path: readonly AnyMap[]): void {
  // Maps that contain themselves, or each other, have nothing to give that they have not given.
  if (source === target || path.includes(source)) return;
  for (const [key, theirs] of entriesOf(source)) {
    const mine = getEntry(target, key);
    if (isMap(mine) && isMap(theirs)) mergeInto(mine, theirs, takes, [...path, source]);
    else if (takes(mine, theirs)) setEntry(target, key, theirs);
  }
}

function isMap(value: unknown): value is AnyMap {
  return isAnyMap(value);
}
