import { codePointAt, utf8Length, widthOf } from '../lex/characters.ts';

/** A place in a text as Go reports it. */
export interface LineAndColumn {
  /** Counts from 1. */
  readonly line: number;
  /** Bytes from the start of the line, counts from 0. */
  readonly column: number;
}

/**
 * Finds the line and column of a byte offset. Walks the text from its start, so it is for errors only.
 *
 * @param offset - bytes of UTF-8 from the start of the text.
 */
export function positionOf(text: string, offset: number): LineAndColumn {
  let line = 1;
  let lineStart = 0;
  let bytes = 0;
  for (let index = 0; index < text.length && bytes < offset; ) {
    const code = codePointAt(text, index);
    bytes += utf8Length(code);
    index += widthOf(code);
    if (code === 0x0a) {
      line += 1;
      lineStart = bytes;
    }
  }
  return { line, column: offset - lineStart };
}
