import { codePointAt, widthOf } from '../lex/characters.ts';
import { fromBytes, toBytes } from '../value/utf8.ts';
import { type Literal, meaning, meaningless } from './literal.ts';

const invalidSyntax = meaningless('invalid syntax');

const shortEscapes: ReadonlyMap<string, number> = new Map([
  ['a', 0x07],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
  ['v', 0x0b],
  ['\\', 0x5c],
]);
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** One character of a quoted literal, and where the next one starts. */
interface Character {
  readonly code: number;
  /** Written as `\xHH` or `\OOO`: a byte, not a character. */
  readonly isByte: boolean;
  readonly next: number;
}

/** Reads the digits of an escape; NaN when one of them is none. */
function digitsAt(text: string, at: number, length: number, base: 8 | 16): number {
  const digits = text.slice(at, at + length);
  const pattern = base === 16 ? /^[0-9a-fA-F]+$/ : /^[0-7]+$/;
  return digits.length === length && pattern.test(digits)
    ? Number.parseInt(digits, base)
    : Number.NaN;
}

function isCharacter(code: number): boolean {
  return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

/** Reads what stands at `at`; null when Go's `strconv.UnquoteChar` refuses it. */
function characterAt(text: string, at: number, quote: string): Character | null {
  const first = text.charAt(at);
  if (first === '' || first === quote) return null;
  if (first !== '\\') {
    const code = codePointAt(text, at);
    // A stray byte in the source does not survive in an interpreted literal.
    return { code: isCharacter(code) ? code : 0xfffd, isByte: false, next: at + widthOf(code) };
  }
  const letter = text.charAt(at + 1);
  const short = letter === quote ? quote.charCodeAt(0) : shortEscapes.get(letter);
  if (short !== undefined) return { code: short, isByte: false, next: at + 2 };
  const hexLength = hexLengths.get(letter);
  if (hexLength !== undefined) {
    const code = digitsAt(text, at + 2, hexLength, 16);
    const isByte = letter === 'x';
    if (Number.isNaN(code) || !isCharacter(code)) return null;
    return { code, isByte, next: at + 2 + hexLength };
  }
  const octal = digitsAt(text, at + 1, 3, 8);
  if (Number.isNaN(octal) || octal > 0xff) return null;
  return { code: octal, isByte: true, next: at + 4 };
}

/** Reads a string literal with its quotes, `"..."` or raw. */
export function readString(source: string): Literal<string> {
  if (source.startsWith('`')) return meaning(source.slice(1, -1).replaceAll('\r', ''));
  const end = source.length - 1;
  let text = '';
  let hasBytes = false;
  for (let at = 1; at < end; ) {
    const character = characterAt(source, at, '"');
    if (character === null || character.next > end) return invalidSyntax;
    const { code, isByte } = character;
    if (isByte && code >= 0x80) {
      hasBytes = true;
      text += String.fromCharCode(0xdc00 + code);
    } else {
      text += String.fromCodePoint(code);
    }
    at = character.next;
  }
  // Bytes that were written one by one may make a character together.
  return meaning(hasBytes ? fromBytes(toBytes(text)) : text);
}

/** Reads a character constant with its quotes: its code point, or its byte. */
export function readCharacter(source: string): Literal<number> {
  const character = characterAt(source, 1, "'");
  if (character === null) return invalidSyntax;
  if (character.next !== source.length - 1) {
    return meaningless(`malformed character constant: ${source}`);
  }
  return meaning(character.code);
}
