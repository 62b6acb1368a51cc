/** Edits of a text in terms of whole lines. Exports: {@link LineChange}, {@link changedLines}, {@link linesOf}. */
import type { TextEdit } from '../edit/text-edits.ts';

/** Lines that take the place of others. Lines keep their line breaks. */
export interface LineChange {
  /** Number of lines before the change, in the text as it was. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** The lines of a text with their line breaks; the last one may have none. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * Which lines edits change, in the order of the text. No differences are searched for: who made the edits knows
 * where they are, so this takes as long as the text is long and finds what was really done.
 */
export function changedLines(text: string, edits: readonly TextEdit[]): LineChange[] {
  const lines = linesOf(text);
  const starts: number[] = [];
  let offset = 0;
  for (const line of lines) {
    starts.push(offset);
    offset += line.length;
  }
  const ordered = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const changes: LineChange[] = [];
  let next = 0;
  let line = 0;
  while (next < ordered.length) {
    const first = ordered[next];
    if (first === undefined) break;
    while (line + 1 < starts.length && (starts[line + 1] ?? 0) <= first.start) line++;
    const from = line;
    let to = line;
    const inside: TextEdit[] = [];
    // Edits that touch a common line are one change.
    for (let edit: TextEdit | undefined = first; edit; edit = ordered[next]) {
      const startLine = starts[to + 1] ?? Infinity;
      if (inside.length > 0 && edit.start >= startLine) break;
      while (to + 1 < starts.length && (starts[to + 1] ?? 0) <= edit.end) to++;
      inside.push(edit);
      next++;
    }
    const removed = lines.slice(from, to + 1);
    const added = linesOf(edited(removed.join(''), starts[from] ?? 0, inside));
    put(changes, trimmed(from, removed, added));
    line = to;
  }
  return changes;
}

/** Changes without an unchanged line between them are one. */
function put(changes: LineChange[], change: LineChange): void {
  if (change.removed.length === 0 && change.added.length === 0) return;
  const last = changes.at(-1);
  if (last && last.at + last.removed.length === change.at) {
    const removed = [...last.removed, ...change.removed];
    changes.splice(-1, 1, { at: last.at, removed, added: [...last.added, ...change.added] });
  } else {
    changes.push(change);
  }
}

function edited(text: string, offset: number, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const { start, end, text: replacement } of edits) {
    result += text.slice(position, start - offset) + replacement;
    position = end - offset;
  }
  return result + text.slice(position);
}

/** Leaves out the lines at both ends that stay as they are. */
function trimmed(at: number, removed: readonly string[], added: readonly string[]): LineChange {
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head++;
  let tail = 0;
  const most = Math.min(removed.length, added.length) - head;
  while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  return {
    at: at + head,
    removed: removed.slice(head, removed.length - tail),
    added: added.slice(head, added.length - tail),
  };
}
