/** Exports: {@link SourceText}. */

/** A template's text, with its places counted in all the ways that are needed. */
export class SourceText {
  readonly text: string;
  readonly #bytes: Buffer;

  constructor(text: string) {
    this.text = text;
    this.#bytes = Buffer.from(text);
  }

  /** The index in the text for an offset in bytes of UTF-8, which is what the parser counts in. */
  indexOf(offset: number): number {
    return this.#bytes.subarray(0, offset).toString('utf8').length;
  }

  /** Line and column, both from 1, of an index in the text. */
  placeOf(index: number): { line: number; column: number } {
    const before = this.text.slice(0, index);
    return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') };
  }

  /** Line and column of an offset in bytes. */
  placeOfOffset(offset: number): { line: number; column: number } {
    return this.placeOf(this.indexOf(offset));
  }

  /** The same for a chain such as `.Values.a`, of which the parser remembers a place in the middle. */
  placeOfChain(offset: number): { line: number; column: number } {
    let index = this.indexOf(offset);
    while (/[\w.$]/.test(this.text.charAt(index - 1))) index--;
    return this.placeOf(index);
  }
}
