/** Differences in the form that `diff -u` prints and `patch` takes. Exports: {@link UnifiedDiff}, {@link DiffLine}. */

import type { TextEdit } from '../edit/text-edits.ts';
import { changedLines, type LineChange, linesOf } from './changed-lines.ts';

/** A line of a diff with its mark, and its line break. */
export interface DiffLine {
  readonly kind: 'file' | 'hunk' | 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Lines shown around a change. */
const context = 3;

/**
 * Writes the differences of one text piece by piece, so that memory does not grow with its length.
 */
export class UnifiedDiff {
  private readonly write: (line: DiffLine) => void;
  private readonly names: readonly [before: string, after: string];
  /** Lines so far. */
  private before = 0;
  private after = 0;
  private named = false;
  /** The last unchanged lines, for the head of the next hunk. */
  private recent: string[] = [];
  private hunk: Hunk | undefined;
  /** A piece that does not end with a line break, which belongs together with what follows. */
  private text = '';
  private edits: TextEdit[] = [];

  /** @param names of the text before and after, for the head */
  constructor(names: readonly [before: string, after: string], write: (line: DiffLine) => void) {
    this.names = names;
    this.write = write;
  }

  /** Takes the next piece of the text and the edits in it. */
  add(text: string, edits: readonly TextEdit[]): void {
    const offset = this.text.length;
    for (const edit of edits) {
      this.edits.push({ ...edit, start: edit.start + offset, end: edit.end + offset });
    }
    this.text += text;
    if (text.endsWith('\n')) this.flush();
  }

  /** Has to be called after the last piece. */
  end(): void {
    this.flush();
    this.close();
  }

  private flush(): void {
    const { text } = this;
    const changes = this.edits.length === 0 ? [] : changedLines(text, this.edits);
    const lines = linesOf(text);
    this.text = '';
    this.edits = [];
    let at = 0;
    for (const change of changes) {
      this.same(lines.slice(at, change.at));
      this.change(change);
      at = change.at + change.removed.length;
    }
    this.same(lines.slice(at));
  }

  private same(lines: readonly string[]): void {
    for (const line of lines) {
      this.before++;
      this.after++;
      if (this.hunk) {
        this.hunk.lines.push({ kind: 'same', text: line });
        this.hunk.trailing++;
        // Twice the context: a change that follows soon shares the hunk.
        if (this.hunk.trailing > 2 * context) this.close();
        if (this.hunk) continue;
      } else {
        this.recent.push(line);
      }
      if (this.recent.length > context) this.recent.shift();
    }
  }

  private change({ removed, added }: LineChange): void {
    this.hunk ??= {
      before: this.before - this.recent.length,
      after: this.after - this.recent.length,
      lines: this.recent.map((text) => ({ kind: 'same', text })),
      trailing: 0,
    };
    this.recent = [];
    this.hunk.trailing = 0;
    for (const text of removed) this.hunk.lines.push({ kind: 'removed', text });
    for (const text of added) this.hunk.lines.push({ kind: 'added', text });
    this.before += removed.length;
    this.after += added.length;
  }

  /** Writes the hunk; of the unchanged lines at its end only some belong to it. */
  private close(): void {
    const { hunk } = this;
    if (!hunk) return;
    this.hunk = undefined;
    const surplus = Math.max(0, hunk.trailing - context);
    const shown = hunk.lines.slice(0, hunk.lines.length - surplus);
    this.recent = hunk.lines.slice(-Math.min(context, hunk.trailing)).map(({ text }) => text);
    if (hunk.trailing === 0) this.recent = [];
    this.head();
    const count = (kind: DiffLine['kind']) => shown.filter((line) => line.kind !== kind).length;
    const ranges = `-${range(hunk.before, count('added'))} +${range(hunk.after, count('removed'))}`;
    this.write({ kind: 'hunk', text: `@@ ${ranges} @@\n` });
    for (const { kind, text } of shown) {
      const ended = text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`;
      this.write({ kind, text: `${marks[kind]}${ended}` });
    }
  }

  private head(): void {
    if (this.named) return;
    this.named = true;
    this.write({ kind: 'file', text: `--- ${this.names[0]}\n` });
    this.write({ kind: 'file', text: `+++ ${this.names[1]}\n` });
  }
}

interface Hunk {
  readonly before: number;
  readonly after: number;
  readonly lines: DiffLine[];
  /** Unchanged lines at its end. */
  trailing: number;
}

const marks = { file: '', hunk: '', same: ' ', removed: '-', added: '+' } as const;

/** `3,4`; an empty range is named by the line before it, and a single line by itself. */
function range(linesBefore: number, length: number): string {
  if (length === 0) return `${linesBefore},0`;
  return length === 1 ? `${linesBefore + 1}` : `${linesBefore + 1},${length}`;
}
