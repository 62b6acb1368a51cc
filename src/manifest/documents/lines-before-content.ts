/** Number of lines of a document before the first one that is neither blank, comment nor separator. */
export function linesBeforeContent(text: string): number {
  const found = text.split('\n').findIndex((line) => !/^\ufeff?\s*(?:#|---|$)/.test(line));
  return Math.max(0, found);
}
