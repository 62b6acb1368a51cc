import type { DiffLine } from '../../manifest/diff/unified-diff.ts';

const plain = '\u001b[0m';
const colours: { readonly [kind in DiffLine['kind']]: string } = {
  file: '\u001b[1m',
  hunk: '\u001b[36m',
  same: '',
  removed: '\u001b[31m',
  added: '\u001b[32m',
};

/** A line of a diff in the colours that git gives it. */
export function paintDiff({ kind, text }: DiffLine): string {
  const colour = colours[kind];
  if (colour === '') return text;
  // A line may bring the remark with it that the file ends without a line break.
  return text.replace(/^[^\r\n]+/gm, (line) => `${colour}${line}${plain}`);
}
