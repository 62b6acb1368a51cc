import {
  codePointAt,
  isPrintable,
  isStrayByte,
  replacementCharacter,
  widthOf,
} from './characters.ts';

const shortEscapes: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x0c, '\\f'],
  [0x0a, '\\n'],
  [0x0d, '\\r'],
  [0x09, '\\t'],
  [0x0b, '\\v'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}

function escaped(code: number): string {
  const short = shortEscapes.get(code);
  if (short !== undefined) return short;
  if (isStrayByte(code)) return `\\x${hex(code - 0xdc00, 2)}`;
  if (code >= 0xd800 && code <= 0xdfff) return String.fromCodePoint(replacementCharacter);
  if (isPrintable(code)) return String.fromCodePoint(code);
  if (code < 0x20 || code === 0x7f) return `\\x${hex(code, 2)}`;
  return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`;
}

/**
 * A text in double quotes, escaped as Go's `%q` does.
 *
 * @param limit - quote at most so many characters (`%.10q`).
 */
export function quoteText(text: string, limit = Number.POSITIVE_INFINITY): string {
  let quoted = '"';
  let count = 0;
  for (let index = 0; index < text.length && count < limit; count++) {
    const code = codePointAt(text, index);
    quoted += escaped(code);
    index += widthOf(code);
  }
  return `${quoted}"`;
}
