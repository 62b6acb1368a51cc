import type { JsonValue } from '../../json.ts';
import type { BlockText } from './emit-block.ts';
import type { Rewriting } from './rewriting.ts';

/** A new member of a block collection. */
export interface InsertedBlock extends BlockText {
  /** Where its key or dash stands. */
  readonly column: number;
  /** Of a pair; undefined for an item. */
  readonly key?: string;
  readonly value: JsonValue;
}

/** Inserts a member of a block collection at the start of a line, as {@link insertLines} does. */
export function insertBlock(work: Rewriting, at: number, block: InsertedBlock): void {
  insertLines(work, at, block.lines, block);
}

/** Inserts whole lines at the start of a line, or at the end of a text without a last line break. */
export function insertLines(
  work: Rewriting,
  at: number,
  lines: readonly string[],
  block?: InsertedBlock,
): void {
  const { text, edits, standIns } = work;
  const { lineBreak } = work.style;
  const joined = lines.join(lineBreak) + lineBreak;
  const openEnd =
    at > 0 &&
    text[at - 1] !== '\n' &&
    !edits.some((edit) => edit.end === at && edit.text.endsWith(lineBreak));
  const edit = { start: at, end: at, text: openEnd ? lineBreak + joined : joined };
  edits.push(edit);
  if (block && !openEnd) standIns?.add(edit, block, lineBreak);
}
