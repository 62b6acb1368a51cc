import { isJsonObject, type JsonValue } from '../json.ts';
import { directiveMarker } from './clean-overlay.ts';

/** From this length on a list of keys is looked up in a map. */
const longList = 12;

/** Tells where a key stands first in a list, -1 when it is not there. */
export function firstIndex(keys: readonly JsonValue[]): (key: JsonValue) => number {
  if (keys.length < longList) return (key) => keys.indexOf(key);
  const indexes = new Map<JsonValue, number>();
  for (const [index, key] of keys.entries()) {
    if (!indexes.has(key)) indexes.set(key, index);
  }
  return (key) => indexes.get(key) ?? -1;
}

/** Stable sort of positions by a rank. */
function sortByRank(positions: number[], rank: (position: number) => number): void {
  for (let at = 1; at < positions.length; at++) {
    const before = positions[at - 1] as number;
    if (rank(before) > rank(positions[at] as number)) {
      positions.sort((a, b) => rank(a) - rank(b));
      return;
    }
  }
}

/** A `$patch: delete` that came in with a new element and so was never obeyed; it goes to the end. */
function isStrayDeletion(item: JsonValue): boolean {
  return isJsonObject(item) && item[directiveMarker] === 'delete';
}

/**
 * The order of a merged list (`normalizeElementOrder` in apimachinery's `strategicpatch/patch.go`).
 *
 * Elements that the patch names stand in the patch's order, the others in the server's, each repeated key
 * behind its first occurrence. The two rows are then put together: an element of the server's row goes
 * first only when both heads were in the server's list and it stood in front there.
 *
 * @param items the merged elements
 * @param keys their keys, or the elements themselves for scalars
 * @param patchKeys the keys in the patch's order
 * @param serverKeys the keys in the server's order
 */
export function orderElements(
  items: readonly JsonValue[],
  keys: readonly JsonValue[],
  patchKeys: readonly JsonValue[],
  serverKeys: readonly JsonValue[],
): JsonValue[] {
  const inPatch = firstIndex(patchKeys);
  const onServer = firstIndex(serverKeys);
  const key = (position: number): JsonValue => keys[position] as JsonValue;
  const named: number[] = [];
  const others: number[] = [];
  for (const position of items.keys()) {
    (inPatch(key(position)) < 0 ? others : named).push(position);
  }
  const last = items.length + patchKeys.length + serverKeys.length;
  const rank = (position: number, index: (key: JsonValue) => number): number =>
    isStrayDeletion(items[position] as JsonValue) ? last : index(key(position));
  sortByRank(named, (position) => rank(position, inPatch));
  sortByRank(others, (position) => rank(position, onServer));

  const ordered: JsonValue[] = [];
  let at = 0;
  for (const position of named) {
    const place = onServer(key(position));
    while (at < others.length) {
      const other = others[at] as number;
      const ahead = onServer(key(other));
      if (ahead < 0 || ahead >= place) break;
      ordered.push(items[other] as JsonValue);
      at += 1;
    }
    ordered.push(items[position] as JsonValue);
  }
  for (const position of others.slice(at)) ordered.push(items[position] as JsonValue);
  return ordered;
}
