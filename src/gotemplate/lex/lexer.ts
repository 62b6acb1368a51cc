import { goQuote } from '../fmt/go-quote.ts';
import { codePointAt, describeCodePoint, isAlphaNumeric, isSpace, widthOf } from './characters.ts';
import { scanNumber } from './number-scan.ts';
import { SourceCursor } from './source-cursor.ts';
import { keywordOf, type Token, type TokenKind } from './token.ts';

const leftDelim = '{{';
const rightDelim = '}}';
/** A minus and the blank that sets it off from a sign. */
const trimMarkerLength = 2;
const terminators = '.,|:)(';

/**
 * Cuts a template into tokens, one at each call. After an `error` token there is nothing but `eof`.
 * Takes time in proportion to the text.
 */
export class Lexer {
  readonly #text: string;
  readonly #cursor: SourceCursor;
  #index = 0;
  #insideAction = false;
  #openParens = 0;

  constructor(text: string) {
    this.#text = text;
    this.#cursor = new SourceCursor(text);
  }

  next(): Token {
    return this.#insideAction ? this.#nextInAction() : this.#nextInText();
  }

  #token(kind: TokenKind, start: number, end: number): Token {
    this.#cursor.moveTo(start);
    this.#index = end;
    const text = this.#text.slice(start, end);
    return { kind, text, pos: this.#cursor.offset, line: this.#cursor.line };
  }

  #error(start: number, message: string): Token {
    this.#cursor.moveTo(start);
    this.#insideAction = false;
    this.#index = this.#text.length;
    return { kind: 'error', text: message, pos: this.#cursor.offset, line: this.#cursor.line };
  }

  #nextInText(): Token {
    const text = this.#text;
    for (;;) {
      const start = this.#index;
      if (start >= text.length) return this.#token('eof', text.length, text.length);
      const delim = text.indexOf(leftDelim, start);
      if (delim < 0) return this.#token('text', start, text.length);
      const afterDelim = delim + leftDelim.length;
      const trims = text.charAt(afterDelim) === '-' && isSpace(codePointAt(text, afterDelim + 1));
      const end = trims ? this.#trimmedEnd(start, delim) : delim;
      if (end > start) {
        const token = this.#token('text', start, end);
        this.#index = delim;
        return token;
      }
      const content = trims ? afterDelim + trimMarkerLength : afterDelim;
      if (!text.startsWith('/*', content)) {
        this.#insideAction = true;
        const token = this.#token('leftDelim', delim, afterDelim);
        this.#index = content;
        return token;
      }
      const error = this.#skipComment(content);
      if (error !== null) return error;
    }
  }

  /** Moves behind a comment and its delimiter. */
  #skipComment(start: number): Token | null {
    const text = this.#text;
    const close = text.indexOf('*/', start + 2);
    if (close < 0) return this.#error(start, 'unclosed comment');
    const end = close + 2;
    const delim = this.#rightDelimAt(end);
    if (delim === null) return this.#error(start, 'comment ends before closing delimiter');
    this.#index = delim.next;
    return null;
  }

  #trimmedEnd(start: number, end: number): number {
    let at = end;
    while (at > start && isSpace(this.#text.charCodeAt(at - 1))) at--;
    return at;
  }

  #skipSpaces(start: number): number {
    let at = start;
    while (at < this.#text.length && isSpace(this.#text.charCodeAt(at))) at++;
    return at;
  }

  /** The right delimiter that starts at `at`, with or without trim marker, and where text goes on. */
  #rightDelimAt(at: number): { start: number; end: number; next: number } | null {
    const text = this.#text;
    if (text.startsWith(rightDelim, at)) {
      const end = at + rightDelim.length;
      return { start: at, end, next: end };
    }
    if (!isSpace(codePointAt(text, at)) || !text.startsWith(`-${rightDelim}`, at + 1)) return null;
    const start = at + trimMarkerLength;
    const end = start + rightDelim.length;
    return { start, end, next: this.#skipSpaces(end) };
  }

  #nextInAction(): Token {
    const text = this.#text;
    const start = this.#index;
    const delim = this.#rightDelimAt(start);
    if (delim !== null) {
      if (this.#openParens > 0) return this.#error(start, 'unclosed left paren');
      const token = this.#token('rightDelim', delim.start, delim.end);
      this.#index = delim.next;
      this.#insideAction = false;
      return token;
    }
    const code = codePointAt(text, start);
    if (code < 0) return this.#error(start, 'unclosed action');
    if (isSpace(code)) return this.#space(start);
    const character = text.charAt(start);
    switch (character) {
      case '=':
        return this.#token('assign', start, start + 1);
      case ':':
        if (text.charAt(start + 1) !== '=') return this.#error(start, 'expected :=');
        return this.#token('declare', start, start + 2);
      case '|':
        return this.#token('pipe', start, start + 1);
      case '(':
        this.#openParens++;
        return this.#token('leftParen', start, start + 1);
      case ')':
        if (this.#openParens === 0) return this.#error(start, 'unexpected right paren');
        this.#openParens--;
        return this.#token('rightParen', start, start + 1);
      case '"':
        return this.#quoted('string', start, 'unterminated quoted string');
      case "'":
        return this.#quoted('charConstant', start, 'unterminated character constant');
      case '`':
        return this.#rawString(start);
      case '$':
        return this.#named('variable', start);
      case '.':
        return this.#isNumberAfterDot(start) ? this.#number(start) : this.#named('field', start);
      case '+':
      case '-':
        return this.#number(start);
    }
    if (code >= 0x30 && code <= 0x39) return this.#number(start);
    if (isAlphaNumeric(code)) return this.#word(start);
    if (code > 0x20 && code < 0x7f) return this.#token('char', start, start + 1);
    return this.#error(start, `unrecognized character in action: ${describeCodePoint(code)}`);
  }

  /** A run of blanks; the last one is left out when it belongs to a trim marker. */
  #space(start: number): Token {
    const end = this.#skipSpaces(start);
    const markerNext = this.#rightDelimAt(end - 1) !== null;
    return this.#token('space', start, markerNext ? end - 1 : end);
  }

  #quoted(kind: 'string' | 'charConstant', start: number, unterminated: string): Token {
    const text = this.#text;
    const quote = text.charAt(start);
    for (let at = start + 1; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === quote) return this.#token(kind, start, at + 1);
      if (character === '\\') at++;
      if (text.charAt(at) === '\n') break;
    }
    return this.#error(start, unterminated);
  }

  #rawString(start: number): Token {
    const end = this.#text.indexOf('`', start + 1);
    if (end < 0) return this.#error(start, 'unterminated raw quoted string');
    return this.#token('rawString', start, end + 1);
  }

  /** A dot at the very end of the text is scanned as a number too, and refused as one. */
  #isNumberAfterDot(start: number): boolean {
    const next = codePointAt(this.#text, start + 1);
    return next < 0 || (next >= 0x30 && next <= 0x39);
  }

  #number(start: number): Token {
    const { end, kind } = scanNumber(this.#text, start);
    if (kind !== 'bad') return this.#token(kind, start, end);
    const written = goQuote(this.#text.slice(start, end));
    return this.#error(start, `bad number syntax: ${written}`);
  }

  /** A field or variable: its first character, then a word; the character alone is `.` or `$`. */
  #named(kind: 'field' | 'variable', start: number): Token {
    const end = this.#wordEnd(start + 1);
    const bad = this.#badCharacterAt(end);
    if (bad !== null) return this.#error(start, bad);
    return this.#token(kind === 'field' && end === start + 1 ? 'dot' : kind, start, end);
  }

  #word(start: number): Token {
    const end = this.#wordEnd(start);
    const bad = this.#badCharacterAt(end);
    if (bad !== null) return this.#error(start, bad);
    const word = this.#text.slice(start, end);
    if (word === 'true' || word === 'false') return this.#token('bool', start, end);
    return this.#token(keywordOf(word) ?? 'identifier', start, end);
  }

  #wordEnd(start: number): number {
    let at = start;
    for (;;) {
      const code = codePointAt(this.#text, at);
      if (code < 0 || !isAlphaNumeric(code)) return at;
      at += widthOf(code);
    }
  }

  /** The complaint about what follows a word without anything to end it. */
  #badCharacterAt(at: number): string | null {
    const code = codePointAt(this.#text, at);
    if (code < 0 || isSpace(code) || terminators.includes(this.#text.charAt(at))) return null;
    if (this.#text.startsWith(rightDelim, at)) return null;
    return `bad character ${describeCodePoint(code)}`;
  }
}
