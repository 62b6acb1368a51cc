/** A piece of a replacement: text, or the number or name of a group. */
type Piece = { readonly text: string } | { readonly group: number | string };

const groupNumber = /^(?:0|[1-9][0-9]{0,8})$/;

/**
 * Splits the replacement text of `regexReplaceAll`: `$1`, `$name` (as long as letters, digits and `_` go),
 * `${name}`, and `$$` for a dollar sign. Any other `$` stands for itself.
 */
export function parseReplacement(replacement: string): readonly Piece[] {
  const pieces: Piece[] = [];
  // Only made here, because sets of Unicode characters take V8 long.
  const reference = /\$(?:\$|(?<plain>[\p{L}\p{Nd}_]+)|\{(?<braced>[\p{L}\p{Nd}_]+)\})/gu;
  let done = 0;
  for (const match of replacement.matchAll(reference)) {
    pieces.push({ text: replacement.slice(done, match.index) });
    const name = match.groups?.['plain'] ?? match.groups?.['braced'];
    if (name === undefined) pieces.push({ text: '$' });
    else pieces.push({ group: groupNumber.test(name) ? Number(name) : name });
    done = match.index + match[0].length;
  }
  pieces.push({ text: replacement.slice(done) });
  return pieces;
}
