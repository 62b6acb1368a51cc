/** Differences between two texts, line by line. Exports: {@link lineEdits}. */
import type { TextEdit } from '../edit/text-edits.ts';
import { linesOf } from './changed-lines.ts';

/** Beyond so many lines that come or go, all lines between the first and the last of them are replaced. */
const mostChanges = 2_000;

/** Lines that take the place of others, from and up to an index in either text. */
interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/**
 * The edits that make one text of another, where nobody knows how it came about. There are as few lines in them as
 * there can be (E. Myers, "An O(ND) Difference Algorithm", 1986).
 */
export function lineEdits(before: string, after: string): TextEdit[] {
  const old = linesOf(before);
  const now = linesOf(after);
  const starts = [0];
  for (const line of old) starts.push((starts.at(-1) ?? 0) + line.length);
  return replacements(old, now).map(({ from, to, newFrom, newTo }) => ({
    start: starts[from] ?? 0,
    end: starts[to] ?? 0,
    text: now.slice(newFrom, newTo).join(''),
  }));
}

function replacements(old: readonly string[], now: readonly string[]): Replacement[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let oldEnd = old.length;
  let newEnd = now.length;
  while (oldEnd > head && newEnd > head && old[oldEnd - 1] === now[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (head === oldEnd && head === newEnd) return [];
  const whole = { from: head, to: oldEnd, newFrom: head, newTo: newEnd };
  if (head === oldEnd || head === newEnd) return [whole];
  const rounds = furthest(old.slice(head, oldEnd), now.slice(head, newEnd));
  if (rounds === undefined) return [whole];
  return walkBack(rounds, oldEnd - head, newEnd - head).map(({ from, to, newFrom, newTo }) => ({
    from: from + head,
    to: to + head,
    newFrom: newFrom + head,
    newTo: newTo + head,
  }));
}

/**
 * After each number of changes, how far into the old text one gets on each diagonal (old index less new index, with
 * an offset of that number plus one); undefined when too many changes are needed.
 */
function furthest(old: readonly string[], now: readonly string[]): Int32Array[] | undefined {
  const rounds: Int32Array[] = [];
  const most = Math.min(old.length + now.length, mostChanges);
  let last = new Int32Array(3);
  for (let changes = 0; changes <= most; changes++) {
    const round = new Int32Array(2 * changes + 5);
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      let at = step(last, changes, diagonal).at;
      while (at < old.length && at - diagonal < now.length && old[at] === now[at - diagonal]) at++;
      round[diagonal + changes + 2] = at;
      if (at >= old.length && at - diagonal >= now.length) return [...rounds, last, round];
    }
    rounds.push(last);
    last = round;
  }
  return undefined;
}

/** Where the next change leads on a diagonal, and whether it takes a line away rather than adding one. */
function step(
  last: Int32Array,
  changes: number,
  diagonal: number,
): { readonly at: number; readonly removes: boolean } {
  if (changes === 0) return { at: 0, removes: false };
  const offset = changes + 1;
  const below = last[diagonal - 1 + offset] ?? 0;
  const above = last[diagonal + 1 + offset] ?? 0;
  const removes = diagonal === changes || (diagonal !== -changes && below >= above);
  return removes ? { at: below + 1, removes } : { at: above, removes };
}

/** Follows the changes from the ends of both texts back to their beginnings. */
function walkBack(
  rounds: readonly Int32Array[],
  oldLength: number,
  newLength: number,
): Replacement[] {
  const found: Replacement[] = [];
  let diagonal = oldLength - newLength;
  for (let changes = rounds.length - 2; changes > 0; changes--) {
    const { at: landed, removes } = step(rounds[changes] ?? new Int32Array(0), changes, diagonal);
    const newLanded = landed - diagonal;
    const from = removes ? landed - 1 : landed;
    const newFrom = removes ? newLanded : newLanded - 1;
    const next = found.at(-1);
    if (next && next.from === landed && next.newFrom === newLanded) {
      found[found.length - 1] = { ...next, from, newFrom };
    } else {
      found.push({ from, to: landed, newFrom, newTo: newLanded });
    }
    diagonal = from - newFrom;
  }
  return found.reverse();
}
