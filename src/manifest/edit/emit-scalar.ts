import type { JsonValue } from '../../json.ts';
import { certainScalar } from './certain-scalar.ts';
import type { TextStyle } from './text-style.ts';

/** A value that is neither an object nor a list. */
export type JsonScalar = string | number | boolean | null;

/** True for what {@link emitScalar} takes. */
export function isScalar(value: JsonValue): value is JsonScalar {
  return value === null || typeof value !== 'object';
}

/**
 * One line of YAML for a scalar. A string only goes without quotes when every reader, of YAML 1.1 as of
 * 1.2, takes it for a string. `flow`: it will stand between brackets.
 */
export function emitScalar(value: JsonScalar, style: TextStyle, flow: boolean): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (style.json) return doubleQuoted(value);
  if (!style.quoteAll && isPlainSafe(value) && (!flow || isFlowSafe(value))) return value;
  if (!isPrintable(value)) return doubleQuoted(value);
  const awkward = /["\\]/.test(value) ? 'single' : value.includes("'") ? 'double' : style.quote;
  return awkward === 'single' ? singleQuoted(value) : doubleQuoted(value);
}

/** A scalar on one line, and whether it is certain what it is read as. */
export interface ScalarText {
  readonly text: string;
  readonly certain: boolean;
}

/** Every sidecar has the same keys and nearly the same values: what was written before is looked up. */
const written = { single: new Map<string, ScalarText>(), double: new Map<string, ScalarText>() };
const mostWritten = 2000;
const longestWritten = 200;

/** As {@link emitScalar} outside of brackets. */
export function emitBlockScalar(value: JsonScalar, style: TextStyle): ScalarText {
  if (typeof value !== 'string' || value.length > longestWritten || style.quoteAll || style.json) {
    return scalarText(value, style);
  }
  const known = written[style.quote];
  let text = known.get(value);
  if (text === undefined) {
    text = scalarText(value, style);
    // To start anew is cheaper than to keep track of what was used when.
    if (known.size >= mostWritten) known.clear();
    known.set(value, text);
  }
  return text;
}

function scalarText(value: JsonScalar, style: TextStyle): ScalarText {
  const text = emitScalar(value, style, false);
  return { text, certain: certainScalar(text) === value };
}

/**
 * The lines of a block scalar (header first, text not indented), or undefined when the string is better
 * off in quotes: it has one line, or whitespace that indentation would make ambiguous.
 */
export function emitLiteral(value: string): { header: string; lines: string[] } | undefined {
  if (!value.includes('\n')) return undefined;
  const text = value.endsWith('\n') ? value.slice(0, -1) : value;
  if (/^[\s]|\n$/.test(text) || text === '') return undefined;
  const lines = text.split('\n');
  if (!lines.every((line) => isPrintable(line) && !/^[ \t]+$/.test(line))) return undefined;
  return { header: text === value ? '|-' : '|', lines };
}

/** Words that some version of YAML takes for a boolean, a null, a merge or a default. */
const reserved = /^(?:~|null|true|false|yes|no|on|off|y|n|<<|=)$/i;

/** Numbers, dates, times and versions: whatever begins like a number and only has signs of one. */
const numeric = /^[-+.]?[0-9][0-9a-fA-FxXoObB_.:eETZ +-]*$|^[-+]?\.(?:inf|nan)$/i;

function isPlainSafe(text: string): boolean {
  return (
    /^(?:[A-Za-z0-9_./$()+^~\\;]|-(?=[^\s-]|-[^\s-]))/.test(text) &&
    !/[\s:]$|: |\t| #/.test(text) &&
    !reserved.test(text) &&
    !numeric.test(text) &&
    !/^(?:\.\.\.|---)/.test(text) &&
    isPrintable(text)
  );
}

function isFlowSafe(text: string): boolean {
  return /^[\w./@%+$()~^;=-]+$/.test(text);
}

/** One line of characters that may stand as they are. */
function isPrintable(text: string): boolean {
  return !unprintable.test(text) && text.isWellFormed();
}

/** Control characters but tabs, and those that YAML takes for line breaks or for nothing at all. */
const unprintable = /(?!\t)[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u;

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function doubleQuoted(text: string): string {
  // JSON's escapes are a subset of YAML's, but YAML wants more characters escaped.
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
