import type { JsonValue } from '../../json.ts';
import { firstDifference } from '../../json-equal.ts';
import { isEmpty } from './emit-block.ts';
import type { InsertedBlock } from './insert-lines.ts';
import { inOrder, type TextEdit } from './text-edits.ts';

/** Begins the strings that stand in for blocks; a text that has it in it goes without. */
const mark = 'outrigger-stand-in-';

/**
 * What is put in place of new blocks when a result is read to see whether it means what it should: sidecars are many
 * times as long as the text around them, and what is read of a block that is `certain` is known beforehand.
 *
 * A block stands in whole lines, and a stand-in has the same first key or dash at the same column. So reading the
 * text with the one goes as with the other, but for the value at this place, as long as
 * - nothing in the block is read otherwise than it was meant: `certain` says that;
 * - the first line is read as the start of a member of a block collection, and not within brackets, quotes or a
 *   block scalar: there the stand-in is an error, or does not come out as a string of its own;
 * - the last line does not go on below: after a stand-in, any line that is indented more is an error, and where a
 *   comment would matter, there is no stand-in (`open`).
 */
export class StandIns {
  private readonly texts = new Map<TextEdit, string>();
  /** What strings stand for: of items they stand in themselves, of pairs in a list of their own. */
  private readonly items = new Map<string, JsonValue>();
  private readonly pairs = new Map<string, JsonValue>();

  /** Whether there can be stand-ins in a text. */
  static fit(text: string): boolean {
    return !text.includes(mark);
  }

  /** Takes note of an edit that inserts a block at the start of a line. */
  add(edit: TextEdit, block: InsertedBlock, lineBreak: string): void {
    const { lines, certain, open, column, key, value } = block;
    if (!certain || open || typeof value !== 'object' || value === null || isEmpty(value)) return;
    const name = `${mark}${this.texts.size}`;
    const pad = ' '.repeat(column);
    const item = `- "${name}"${lineBreak}`;
    // A list below a key, because within brackets there is none.
    const text = key === undefined ? pad + item : `${lines[0]}${lineBreak}${pad} ${item}`;
    this.texts.set(edit, text);
    (key === undefined ? this.items : this.pairs).set(name, value);
  }

  /**
   * The text with the edits made, but short. Undefined when it cannot stand in for the long one, because edits overlap
   * or a block does not begin on a line of its own.
   */
  shortText(text: string, edits: readonly TextEdit[]): string | undefined {
    const parts: string[] = [];
    let position = 0;
    const add = (part: string): void => {
      if (part !== '') parts.push(part);
    };
    for (const edit of inOrder(edits)) {
      if (edit.start < position) return undefined;
      add(text.slice(position, edit.start));
      const standIn = this.texts.get(edit);
      if (standIn !== undefined && !(parts.at(-1) ?? '\n').endsWith('\n')) return undefined;
      add(standIn ?? edit.text);
      position = edit.end;
    }
    add(text.slice(position));
    return parts.join('');
  }

  /** Keys and indices that lead to where what was read differs from what was meant. */
  firstDifference(meant: JsonValue, read: JsonValue): (string | number)[] | undefined {
    return firstDifference(meant, read, (value, found) => {
      const isPair = Array.isArray(found) && found.length === 1;
      const name = isPair ? found[0] : found;
      if (typeof name !== 'string') return false;
      return (isPair ? this.pairs : this.items).get(name) === value;
    });
  }
}
