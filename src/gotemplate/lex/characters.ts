/**
 * Classes of characters, as Go's template lexer sees them. Code points are numbers; -1 stands for the end
 * of the text.
 */
import { isPrintable } from '../fmt/go-quote.ts';

const replacementCharacter = 0xfffd;

/** Space, tab, carriage return, line feed: the only blanks there are between tokens and for trimming. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0d || code === 0x0a;
}

/** A letter, a decimal digit (both in Unicode's sense) or an underscore. */
export function isAlphaNumeric(code: number): boolean {
  if (code < 0x80) {
    return (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      isDecimalDigit(code) ||
      code === 0x5f
    );
  }
  // Written here, because sets of Unicode characters take V8 long, and few templates need them.
  return /^[\p{L}\p{Nd}]$/u.test(String.fromCodePoint(code));
}

/** `0` to `9`. */
export function isDecimalDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** True for the lone surrogates that hold one byte each of text that is not valid UTF-8. */
function isStrayByte(code: number): boolean {
  return code >= 0xdc80 && code <= 0xdcff;
}

/** The code point at `index`, -1 at the end of the text. */
export function codePointAt(text: string, index: number): number {
  return text.codePointAt(index) ?? -1;
}

/** How many UTF-16 code units a code point takes. */
export function widthOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}

/** How many bytes a code point takes in UTF-8. A lone surrogate is a stray byte or a replacement. */
export function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  if (isStrayByte(code)) return 1;
  return code > 0xffff ? 4 : 3;
}

/** `U+20AC '€'`, Go's `%#U`; what is not printable is not shown. */
export function describeCodePoint(code: number): string {
  const shown = code >= 0xd800 && code <= 0xdfff ? replacementCharacter : code;
  const number = `U+${shown.toString(16).toUpperCase().padStart(4, '0')}`;
  const character = String.fromCodePoint(shown);
  return isPrintable(character) ? `${number} '${character}'` : number;
}
