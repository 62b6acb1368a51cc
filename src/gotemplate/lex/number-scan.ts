import { codePointAt, isAlphaNumeric, isDecimalDigit, widthOf } from './characters.ts';

/** What a scan for a number found: where it ends, and whether it can be a number at all. */
export interface NumberScan {
  readonly end: number;
  readonly kind: 'number' | 'complex' | 'bad';
}

const hexDigit = /^[0-9a-fA-F_]$/;
const isHex = (char: string) => hexDigit.test(char);
const isOctal = (char: string) => (char >= '0' && char <= '7') || char === '_';
const isBinary = (char: string) => char === '0' || char === '1' || char === '_';
const isDecimal = (char: string) => isDecimalDigit(char.charCodeAt(0)) || char === '_';

function skip(text: string, start: number, accepts: (char: string) => boolean): number {
  let at = start;
  while (at < text.length && accepts(text.charAt(at))) at++;
  return at;
}

function skipOne(text: string, at: number, characters: string): number {
  return at < text.length && characters.includes(text.charAt(at)) ? at + 1 : at;
}

/** The digits that the prefix at `at` asks for, and where the digits start. */
function digitsAfterPrefix(text: string, at: number): { at: number; digits: typeof isHex } {
  if (text.charAt(at) !== '0') return { at, digits: isDecimal };
  switch (text.charAt(at + 1)) {
    case 'x':
    case 'X':
      return { at: at + 2, digits: isHex };
    case 'o':
    case 'O':
      return { at: at + 2, digits: isOctal };
    case 'b':
    case 'B':
      return { at: at + 2, digits: isBinary };
    default:
      return { at: at + 1, digits: isDecimal };
  }
}

/** One real or imaginary number; `ok` is false when a letter follows, which is then included. */
function scanReal(text: string, start: number): { end: number; ok: boolean } {
  const prefix = digitsAfterPrefix(text, skipOne(text, start, '+-'));
  const { digits } = prefix;
  let at = skip(text, prefix.at, digits);
  if (text.charAt(at) === '.') at = skip(text, at + 1, digits);
  const exponentLetters = digits === isDecimal ? 'eE' : digits === isHex ? 'pP' : '';
  const afterLetter = skipOne(text, at, exponentLetters);
  if (afterLetter > at) at = skip(text, skipOne(text, afterLetter, '+-'), isDecimal);
  at = skipOne(text, at, 'i');
  const next = codePointAt(text, at);
  if (next >= 0 && isAlphaNumeric(next)) return { end: at + widthOf(next), ok: false };
  return { end: at, ok: true };
}

/**
 * Scans what may be a number. It is generous: whether the text means a number is decided later, by
 * `readNumber`.
 */
export function scanNumber(text: string, start: number): NumberScan {
  const real = scanReal(text, start);
  if (!real.ok) return { end: real.end, kind: 'bad' };
  const sign = text.charAt(real.end);
  if (sign !== '+' && sign !== '-') return { end: real.end, kind: 'number' };
  const imaginary = scanReal(text, real.end);
  const complete = imaginary.ok && text.charAt(imaginary.end - 1) === 'i';
  return { end: imaginary.end, kind: complete ? 'complex' : 'bad' };
}
