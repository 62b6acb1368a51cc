import type { JsonObject, JsonValue } from '../../json.ts';
import { emitLiteral, emitScalar, isScalar, type JsonScalar } from './emit-scalar.ts';
import type { TextStyle } from './text-style.ts';

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
  const lines: string[] = [];
  pushEntries(lines, value, column, style);
  return lines;
}

/** The lines of one pair whose key stands at `column`. */
export function emitEntry(
  key: string,
  value: JsonValue,
  column: number,
  style: TextStyle,
): string[] {
  const lines: string[] = [];
  pushEntry(lines, key, value, column, style);
  return lines;
}

/** The lines of a list whose dashes stand at `column`. */
export function emitItems(
  values: readonly JsonValue[],
  column: number,
  style: TextStyle,
): string[] {
  const lines: string[] = [];
  pushItems(lines, values, column, style);
  return lines;
}

/** The lines of one item whose dash stands at `column`. */
export function emitItem(value: JsonValue, column: number, style: TextStyle): string[] {
  const lines: string[] = [];
  pushItem(lines, value, column, style);
  return lines;
}

// Sidecars are hundreds of lines: all of these add to one list, which no level copies.

function pushEntries(lines: string[], value: JsonObject, column: number, style: TextStyle): void {
  for (const key of Object.keys(value)) pushEntry(lines, key, value[key] ?? null, column, style);
}

function pushItems(
  lines: string[],
  values: readonly JsonValue[],
  column: number,
  style: TextStyle,
): void {
  for (const value of values) pushItem(lines, value, column, style);
}

function pushEntry(
  lines: string[],
  key: string,
  value: JsonValue,
  column: number,
  style: TextStyle,
): void {
  const start = `${' '.repeat(column)}${emitScalar(key, style, false)}:`;
  if (isScalar(value)) {
    pushScalar(lines, start, value, column, style);
  } else if (isEmpty(value)) {
    lines.push(`${start} ${emptyText(value)}`);
  } else {
    lines.push(start);
    if (Array.isArray(value)) pushItems(lines, value, column + style.dashIndent, style);
    else pushEntries(lines, value, column + style.indent, style);
  }
}

function pushItem(lines: string[], value: JsonValue, column: number, style: TextStyle): void {
  const start = `${' '.repeat(column)}-`;
  if (isScalar(value)) {
    pushScalar(lines, start, value, column, style);
    return;
  }
  const gap = ' '.repeat(style.dashWidth - 1);
  if (isEmpty(value)) {
    lines.push(start + gap + emptyText(value));
    return;
  }
  const first = lines.length;
  if (Array.isArray(value)) pushItems(lines, value, column + style.dashWidth, style);
  else pushEntries(lines, value, column + style.dashWidth, style);
  lines[first] = start + gap + (lines[first] ?? '').trimStart();
}

function pushScalar(
  lines: string[],
  start: string,
  value: JsonScalar,
  column: number,
  style: TextStyle,
): void {
  const { head, body } = emitScalarSlot(value, column, style);
  lines.push(`${start} ${head}`);
  for (const line of body) lines.push(line);
}

function isEmpty(value: JsonObject | readonly JsonValue[]): boolean {
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
  const pad = ' '.repeat(column + style.indent);
  return {
    head: literal.header,
    body: literal.lines.map((line) => (line === '' ? '' : pad + line)),
  };
}
