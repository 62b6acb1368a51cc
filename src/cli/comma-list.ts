/** The items of a list with commas in between; blanks around them and empty items do not count. */
export function commaList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
