import { codePointAt, utf8Length, widthOf } from './characters.ts';

const notAscii = /[^\0-\x7f]/;

/**
 * Follows a text from its start and knows the line and the byte offset of where it stands. It only moves
 * forward, so that a whole text costs one walk however many places are asked for.
 */
export class SourceCursor {
  readonly #text: string;
  /** Every character is one byte. */
  readonly #ascii: boolean;
  #index = 0;
  #nextLineFeed: number;
  /** Bytes of UTF-8 before this place. */
  offset = 0;
  /** Counts from 1. */
  line = 1;

  constructor(text: string) {
    this.#text = text;
    this.#ascii = !notAscii.test(text);
    this.#nextLineFeed = text.indexOf('\n');
  }

  /** Moves to a code unit; an index that lies behind is left alone. */
  moveTo(index: number): void {
    const text = this.#text;
    if (this.#ascii) {
      if (index > this.#index) this.#index = this.offset = index;
      while (this.#nextLineFeed >= 0 && this.#nextLineFeed < this.#index) {
        this.line += 1;
        this.#nextLineFeed = text.indexOf('\n', this.#nextLineFeed + 1);
      }
      return;
    }
    while (this.#index < index) {
      const code = codePointAt(text, this.#index);
      if (code === 0x0a) this.line += 1;
      this.offset += utf8Length(code);
      this.#index += widthOf(code);
    }
  }
}
