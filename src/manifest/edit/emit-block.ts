import type { JsonObject, JsonValue } from '../../json.ts';
import { emitLiteral, emitScalar, isScalar } from './emit-scalar.ts';
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
  if (Array.isArray(value)) {
    if (value.length === 0) return { head: '[]', body: [] };
    return slot === 'key'
      ? { head: '', body: emitItems(value, column + style.dashIndent, style) }
      : pullUp(emitItems(value, column + style.dashWidth, style));
  }
  if (Object.keys(value).length === 0) return { head: '{}', body: [] };
  return slot === 'key'
    ? { head: '', body: emitEntries(value, column + style.indent, style) }
    : pullUp(emitEntries(value, column + style.dashWidth, style));
}

/** The lines of a mapping whose keys stand at `column`. */
export function emitEntries(value: JsonObject, column: number, style: TextStyle): string[] {
  return Object.entries(value).flatMap(([key, member]) => emitEntry(key, member, column, style));
}

/** The lines of one pair whose key stands at `column`. */
export function emitEntry(
  key: string,
  value: JsonValue,
  column: number,
  style: TextStyle,
): string[] {
  return joinSlot(
    `${' '.repeat(column)}${emitScalar(key, style, false)}:`,
    emitSlot(value, 'key', column, style),
    1,
  );
}

/** The lines of a list whose dashes stand at `column`. */
export function emitItems(
  values: readonly JsonValue[],
  column: number,
  style: TextStyle,
): string[] {
  return values.flatMap((value) => emitItem(value, column, style));
}

/** The lines of one item whose dash stands at `column`. */
export function emitItem(value: JsonValue, column: number, style: TextStyle): string[] {
  const slot = emitSlot(value, 'dash', column, style);
  return joinSlot(`${' '.repeat(column)}-`, slot, isScalar(value) ? 1 : style.dashWidth - 1);
}

/** The lines of a key or dash and what comes after it, `gap` columns away. */
export function joinSlot(start: string, slot: SlotText, gap: number): string[] {
  return [slot.head === '' ? start : `${start}${' '.repeat(gap)}${slot.head}`, ...slot.body];
}

/** Puts the first line of a collection behind the dash before it. */
function pullUp([first = '', ...rest]: string[]): SlotText {
  return { head: first.trimStart(), body: rest };
}

function emitScalarSlot(value: JsonValue, column: number, style: TextStyle): SlotText {
  if (!isScalar(value)) throw new TypeError('not a scalar');
  const literal = style.literals && typeof value === 'string' ? emitLiteral(value) : undefined;
  if (!literal) return { head: emitScalar(value, style, false), body: [] };
  const pad = ' '.repeat(column + style.indent);
  return {
    head: literal.header,
    body: literal.lines.map((line) => (line === '' ? '' : pad + line)),
  };
}
