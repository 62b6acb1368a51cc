import type { JsonObject, JsonValue } from '../../json.ts';
import { isCertainLine } from './certain-scalar.ts';
import {
  emitBlockScalar,
  emitLiteral,
  emitScalar,
  isScalar,
  type JsonScalar,
} from './emit-scalar.ts';
import { isSameStyle, type TextStyle } from './text-style.ts';

/**
 * What comes after a key or a dash: text on the same line, and lines below it, which are indented in full.
 */
export interface SlotText {
  readonly head: string;
  readonly body: readonly string[];
}

/** Writes a value as block YAML for a slot: after a key, or after a dash, that stands at `column`. */
export function emitSlot(
  value: JsonValue,
  slot: 'key' | 'dash',
  column: number,
  style: TextStyle,
): SlotText {
  if (isScalar(value)) return emitScalarSlot(value, column, style);
  if (isEmpty(value)) return { head: emptyText(value), body: [] };
  if (Array.isArray(value)) {
    return slot === 'key'
      ? { head: '', body: emitItems(value, column + style.dashIndent, style) }
      : pullUp(emitItems(value, column + style.dashWidth, style));
  }
  return slot === 'key'
    ? { head: '', body: emitEntries(value, column + style.indent, style) }
    : pullUp(emitEntries(value, column + style.dashWidth, style));
}

/** The lines of a mapping whose keys stand at `column`. */
export function emitEntries(value: JsonObject, column: number, style: TextStyle): string[] {
  const block = new Block();
  pushMembers(block, value, column, style);
  return block.lines;
}

/** One pair whose key stands at `column`. */
export function emitEntry(
  key: string,
  value: JsonValue,
  column: number,
  style: TextStyle,
): BlockText {
  const block = new Block();
  pushEntry(block, key, value, column, style);
  return block;
}

/** The lines of a list whose dashes stand at `column`. */
export function emitItems(values: JsonValue[], column: number, style: TextStyle): string[] {
  const block = new Block();
  pushMembers(block, values, column, style);
  return block.lines;
}

/** One item whose dash stands at `column`. */
export function emitItem(value: JsonValue, column: number, style: TextStyle): BlockText {
  const block = new Block();
  pushItem(block, value, column, style);
  return block;
}

/** Block YAML for members of a collection. */
export interface BlockText {
  /** Each without a line break at its end; what has been written before comes as one with several lines in it. */
  readonly lines: string[];
  /** Whether all scalars are read as what they are meant to be (`certain-scalar.ts`). */
  readonly certain: boolean;
  /** Whether the last line is of a block scalar, which goes on below as long as lines are indented. */
  readonly open: boolean;
}

class Block implements BlockText {
  readonly lines: string[] = [];
  certain = true;
  open = false;

  push(line: string): void {
    this.lines.push(line);
    this.open = false;
  }
}

/** No column is as far to the right in what is certain: go-yaml reads no more than 500 levels. */
const certainColumns = 400;

/** A collection as it was written before. */
interface Written {
  readonly column: number;
  readonly style: TextStyle;
  readonly text: string;
  readonly certain: boolean;
  readonly open: boolean;
}

/**
 * Most parts of a sidecar are the very same values in each pod, and frozen because pods share them: what was written
 * before is looked up.
 */
const written = new WeakMap<JsonObject | JsonValue[], Written>();

function pushCollection(
  block: Block,
  value: JsonObject | JsonValue[],
  column: number,
  style: TextStyle,
): void {
  let known = written.get(value);
  if (known === undefined || known.column !== column || !isSameStyle(known.style, style)) {
    const own = new Block();
    pushMembers(own, value, column, style);
    const text = own.lines.join(style.lineBreak);
    known = { column, style, text, certain: own.certain, open: own.open };
    if (Object.isFrozen(value)) written.set(value, known);
  }
  block.lines.push(known.text);
  block.open = known.open;
  if (!known.certain) block.certain = false;
}

function pushMembers(
  block: Block,
  value: JsonObject | JsonValue[],
  column: number,
  style: TextStyle,
): void {
  if (column >= certainColumns) block.certain = false;
  if (Array.isArray(value)) {
    for (const item of value) pushItem(block, item, column, style);
  } else {
    for (const key of Object.keys(value)) pushEntry(block, key, value[key] ?? null, column, style);
  }
}

function pushEntry(
  block: Block,
  key: string,
  value: JsonValue,
  column: number,
  style: TextStyle,
): void {
  const name = emitBlockScalar(key, style);
  if (!name.certain || name.text.length > longestCertainKey) block.certain = false;
  const start = `${' '.repeat(column)}${name.text}:`;
  if (isScalar(value)) {
    pushScalar(block, start, value, column, style);
  } else if (isEmpty(value)) {
    block.push(`${start} ${emptyText(value)}`);
  } else {
    block.push(start);
    pushCollection(
      block,
      value,
      column + (Array.isArray(value) ? style.dashIndent : style.indent),
      style,
    );
  }
}

/** Keys may be longer, but not by much (`goyaml/scan.ts`). */
const longestCertainKey = 500;

function pushItem(block: Block, value: JsonValue, column: number, style: TextStyle): void {
  const start = `${' '.repeat(column)}-`;
  if (isScalar(value)) {
    pushScalar(block, start, value, column, style);
    return;
  }
  const gap = ' '.repeat(style.dashWidth - 1);
  if (isEmpty(value)) {
    block.push(start + gap + emptyText(value));
    return;
  }
  const { lines } = block;
  const first = lines.length;
  pushCollection(block, value, column + style.dashWidth, style);
  lines[first] = start + gap + (lines[first] ?? '').trimStart();
}

function pushScalar(
  block: Block,
  start: string,
  value: JsonScalar,
  column: number,
  style: TextStyle,
): void {
  const literal = style.literals && typeof value === 'string' ? emitLiteral(value) : undefined;
  if (literal === undefined) {
    const { text, certain } = emitBlockScalar(value, style);
    if (!certain) block.certain = false;
    block.push(`${start} ${text}`);
    return;
  }
  if (!literal.lines.every(isCertainLine)) block.certain = false;
  block.push(`${start} ${literal.header}`);
  block.lines.push(...literalBody(literal.lines, column, style));
  block.open = true;
}

/** Whether a collection is written as `{}` or `[]`. */
export function isEmpty(value: JsonObject | readonly JsonValue[]): boolean {
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function emptyText(value: JsonObject | readonly JsonValue[]): string {
  return Array.isArray(value) ? '[]' : '{}';
}

/** The lines of a key or dash and what comes after it, `gap` columns away. */
export function joinSlot(start: string, slot: SlotText, gap: number): string[] {
  return [slot.head === '' ? start : `${start}${' '.repeat(gap)}${slot.head}`, ...slot.body];
}

/** Puts the first line of a collection behind the dash before it. */
function pullUp([first = '', ...rest]: string[]): SlotText {
  return { head: first.trimStart(), body: rest };
}

function emitScalarSlot(value: JsonScalar, column: number, style: TextStyle): SlotText {
  const literal = style.literals && typeof value === 'string' ? emitLiteral(value) : undefined;
  if (!literal) return { head: emitScalar(value, style, false), body: [] };
  return { head: literal.header, body: literalBody(literal.lines, column, style) };
}

function literalBody(lines: readonly string[], column: number, style: TextStyle): string[] {
  const pad = ' '.repeat(column + style.indent);
  return lines.map((line) => (line === '' ? '' : pad + line));
}
