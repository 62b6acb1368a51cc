/**
 * The end of a plain scalar that begins at `start`, without the blanks and comments between it and what
 * comes next, at `next`.
 */
export function plainScalarEnd(text: string, start: number, next: number): number {
  const region = text.slice(start, next);
  const comment = region.search(/\s#/);
  return start + (comment < 0 ? region : region.slice(0, comment)).trimEnd().length;
}

/** The end of a scalar in quotes, after the closing one. */
export function quotedScalarEnd(text: string, start: number): number {
  const quote = text[start] ?? '"';
  let at = start + 1;
  for (;;) {
    const character = text[at];
    if (character === undefined) return at;
    if (character === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at + 1;
      at += 2;
    } else {
      at += character === '\\' && quote === '"' ? 2 : 1;
    }
  }
}

/**
 * The end of a block scalar whose `|` or `>` is at `start`: after the line break of its last line. Blank
 * lines after that only belong to it when the header says so (`|+`).
 *
 * @param indent column of the block collection around it, -1 at top level
 */
export function blockScalarEnd(text: string, start: number, indent: number): number {
  const headerEnd = lineAfter(text, start);
  const header = /^[|>]([-+]?)([1-9]?)([-+]?)/.exec(text.slice(start, headerEnd));
  const keep = header?.[1] === '+' || header?.[3] === '+';
  let column = header?.[2] ? Math.max(indent, 0) + Number(header[2]) : 0;
  let end = headerEnd;
  for (let at = headerEnd; at < text.length; ) {
    const next = lineAfter(text, at);
    const line = text.slice(at, next);
    const blanks = /^ */.exec(line)?.[0].length ?? 0;
    const isBlank = /^[ \t]*\r?\n?$/.test(line) && (column === 0 || blanks <= column);
    if (!isBlank) {
      if (column === 0) column = Math.max(blanks, indent + 1, 1);
      if (blanks < column) break;
    }
    at = next;
    if (!isBlank || keep) end = at;
  }
  return end;
}

function lineAfter(text: string, from: number): number {
  const lineBreak = text.indexOf('\n', from);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}
