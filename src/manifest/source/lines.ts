/** The offset where the line begins that `offset` is on. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset after the line break of the line that ends with `offset`: `offset` itself at a line's start. */
export function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const breakAt = text.indexOf('\n', offset);
  return breakAt < 0 ? text.length : breakAt + 1;
}

/** The column of an offset, counting from 0; a byte order mark takes no column. */
export function columnOf(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return offset - start - (text[start] === '\ufeff' ? 1 : 0);
}

/** Whether only blanks stand before `offset` on its line. */
export function startsLine(text: string, offset: number): boolean {
  return /^\ufeff?[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/**
 * Goes on from a line's start over comment lines that are indented by at least `column`, and over blank
 * lines before them. Answers with where the last of those comments ends.
 */
export function skipComments(text: string, from: number, column: number): number {
  let end = from;
  for (let at = from; at < text.length; ) {
    const next = lineEnd(text, at + 1);
    const line = text.slice(at, next);
    const indent = line.search(/\S/);
    if (indent >= 0) {
      if (line[indent] !== '#' || indent < column) break;
      end = next;
    }
    at = next;
  }
  return end;
}

/**
 * Goes back from a line's start over the comment lines right above that stand at exactly `column`: the
 * comment of what begins there.
 */
export function commentAbove(text: string, from: number, column: number): number {
  let start = from;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, start);
    const indent = line.search(/\S/);
    if (indent !== column || line[indent] !== '#') break;
    start = above;
  }
  return start;
}
