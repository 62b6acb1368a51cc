import type { JsonValue } from '../../json.ts';
import { emitScalar, isScalar } from './emit-scalar.ts';
import type { TextStyle } from './text-style.ts';

/** How a flow collection, or a JSON text, is laid out. */
export interface FlowLayout {
  /** What follows a colon and a comma: a blank, or nothing in dense JSON. */
  readonly gap: '' | ' ';
  /** Blanks of one level when every member has a line of its own; undefined when all is on one line. */
  readonly unit: string | undefined;
  /** Whether keys and strings are always in double quotes. */
  readonly quoted: boolean;
}

/**
 * Writes a value in flow style. `indent` is what the line begins with on which the value starts; further
 * lines are indented from there.
 */
export function emitFlow(
  value: JsonValue,
  layout: FlowLayout,
  indent: string,
  style: TextStyle,
): string {
  if (isScalar(value)) return emitScalar(value, { ...style, json: layout.quoted }, true);
  const members = Array.isArray(value)
    ? value.map((item) => emitFlow(item, layout, deeper(indent, layout), style))
    : Object.entries(value).map(([key, member]) =>
        emitFlowEntry(key, member, layout, deeper(indent, layout), style),
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (members.length === 0) return open + close;
  if (layout.unit === undefined) return open + members.join(`,${layout.gap}`) + close;
  const inner = style.lineBreak + deeper(indent, layout);
  return `${open}${inner}${members.join(`,${inner}`)}${style.lineBreak}${indent}${close}`;
}

/** Writes one pair of a flow mapping; `indent` as in {@link emitFlow}. */
export function emitFlowEntry(
  key: string,
  value: JsonValue,
  layout: FlowLayout,
  indent: string,
  style: TextStyle,
): string {
  const name = emitScalar(key, { ...style, json: layout.quoted }, true);
  // A colon without a blank after it only ends a key that is in quotes.
  const gap = layout.gap === '' && name.startsWith('"') ? '' : ' ';
  return `${name}:${gap}${emitFlow(value, layout, indent, style)}`;
}

function deeper(indent: string, layout: FlowLayout): string {
  return indent + (layout.unit ?? '');
}
