/** Line and column of an offset, both from 1. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return {
    line: before.split('\n').length,
    column: offset - (before.lastIndexOf('\n') + 1) + 1,
  };
}

/** Whether the indicator at an offset stands alone: a blank, a line break or the end comes after it. */
export function standsAlone(text: string, offset: number): boolean {
  return /^\s?$/.test(text.charAt(offset + 1));
}
