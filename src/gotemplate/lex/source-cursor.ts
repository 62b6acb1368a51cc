import { codePointAt, utf8Length, widthOf } from './characters.ts';

/**
 * Follows a text from its start and knows the line and the byte offset of where it stands. It only moves
 * forward, so that a whole text costs one walk however many places are asked for.
 */
export class SourceCursor {
  readonly #text: string;
  #index = 0;
  /** Bytes of UTF-8 before this place. */
  offset = 0;
  /** Counts from 1. */
  line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves to a code unit; an index that lies behind is left alone. */
  moveTo(index: number): void {
    const text = this.#text;
    while (this.#index < index) {
      const code = codePointAt(text, this.#index);
      if (code === 0x0a) this.line += 1;
      this.offset += utf8Length(code);
      this.#index += widthOf(code);
    }
  }
}
