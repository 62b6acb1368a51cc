/**
 * The offset of the next character that is neither blank nor in a comment nor one of `also`. Only right
 * between the parts of a collection, where `#` cannot be anything else than the start of a comment.
 */
export function skipBlank(text: string, from: number, also: string): number {
  let at = from;
  for (;;) {
    const character = text[at];
    if (character === undefined) return at;
    if (character === '#') {
      const lineEnd = text.indexOf('\n', at);
      if (lineEnd < 0) return text.length;
      at = lineEnd + 1;
    } else if (/\s/.test(character) || character === '\ufeff' || also.includes(character)) {
      at++;
    } else {
      return at;
    }
  }
}
