import { BREAK, CR, characterClass, DASH, DOT, END, LF, SPACE_OR_END } from './characters.ts';

/** Line breaks of YAML 1.1 besides LF. */
const otherBreaks = /[\r\u0085\u2028\u2029]/;

/**
 * A text being scanned. Reading codes from a typed array is several times as fast as `charCodeAt`, and
 * the zeros after the last one save every look-ahead a check for the end.
 */
export class Source {
  readonly text: string;
  private readonly codes: Uint16Array;
  private onlyLineFeeds: boolean | undefined;

  constructor(text: string) {
    this.text = text;
    this.codes = codesOf(text);
  }

  /** UTF-16 unit at `at`; 0 at the end (the text itself holds no NUL). */
  code(at: number): number {
    return this.codes[at] ?? 0;
  }

  /** Class bits of the character at `at`. */
  bits(at: number): number {
    return characterClass[this.codes[at] ?? 0] ?? 0;
  }

  /** Index of the line break that ends the line of `at`, or of the end of the text. */
  lineEnd(at: number): number {
    // Native code finds a line feed many times as fast; other breaks hardly ever occur.
    this.onlyLineFeeds ??= !otherBreaks.test(this.text);
    if (this.onlyLineFeeds) {
      const found = this.text.indexOf('\n', at);
      return found < 0 ? this.text.length : found;
    }
    let pos = at;
    while ((this.bits(pos) & (BREAK | END)) === 0) pos++;
    return pos;
  }

  /** Index after the line break at `at` (CR LF counts as one). */
  afterBreak(at: number): number {
    return this.codes[at] === CR && this.codes[at + 1] === LF ? at + 2 : at + 1;
  }

  /** What a line break stands for in a value: LF, except for LS and PS, which stay themselves. */
  breakText(at: number): string {
    const code = this.codes[at];
    return code === 0x2028 || code === 0x2029 ? this.text.charAt(at) : '\n';
  }

  /** True if `---` or `...`, followed by white space or the end, stands at `at` (the start of a line). */
  isDocumentMark(at: number): boolean {
    const code = this.codes[at];
    return (
      (code === DASH || code === DOT) &&
      this.codes[at + 1] === code &&
      this.codes[at + 2] === code &&
      (this.bits(at + 3) & SPACE_OR_END) !== 0
    );
  }
}

/** How far behind the last character the scanner may look. */
const lookahead = 4;
const smallest = 1 << 15;
/** Kept between calls: scanning is synchronous, and one array for all texts costs no allocation. */
let scratch = new Uint16Array(smallest);
let scratchBytes = Buffer.from(scratch.buffer);
const largestKept = 1 << 20;

function codesOf(text: string): Uint16Array {
  const needed = text.length + lookahead;
  let codes = scratch;
  let bytes = scratchBytes;
  if (needed > codes.length) {
    codes = new Uint16Array(Math.max(needed, 2 * codes.length));
    bytes = Buffer.from(codes.buffer);
    if (codes.length <= largestKept) {
      scratch = codes;
      scratchBytes = bytes;
    }
  }
  bytes.write(text, 0, 'utf16le');
  codes.fill(0, text.length, needed);
  return codes;
}
