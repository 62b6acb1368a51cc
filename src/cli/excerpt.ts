/** Exports: {@link excerptOf}. */

const longest = 200;

/**
 * A line with its number, and a mark below the column, both from 1. Undefined for a line with nothing in it.
 */
export function excerptOf(
  line: number,
  column: number | undefined,
  text: string,
): string | undefined {
  if (text.trim() === '') return undefined;
  const shown = text.length > longest ? `${text.slice(0, longest)}…` : text;
  const gutter = `${line} | `.padStart(8);
  if (column === undefined || column > shown.length + 1) return gutter + shown;
  // Tabs are kept in the indentation of the mark, so that it stands below its column.
  const indent = shown.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return `${gutter}${shown}\n${' '.repeat(gutter.length - 2)}| ${indent}^`;
}
