/**
 * A line for a shell. Names come out of manifests and clusters, and whoever copies the line must run nothing else:
 * words that a shell could take for more are quoted.
 */
export function commandLine(...words: readonly string[]): string {
  return words
    .filter((word) => word !== '')
    .map(quoted)
    .join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
