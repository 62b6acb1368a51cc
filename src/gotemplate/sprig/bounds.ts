import { GoCallError } from '../value/model.ts';

/** Templates are untrusted: no function makes longer texts or lists than a sensible one ever needs. */
const longestText = 16 * 1024 * 1024;
const longestList = 1_000_000;

/** `count` times the text. */
export function repeated(text: string, count: number): string {
  if (count < 0) throw new GoCallError('strings: negative Repeat count');
  checkTextLength(text.length * count);
  return text.repeat(count);
}

export function checkTextLength(length: number): void {
  if (length > longestText) {
    throw new GoCallError(`the result would be longer than ${longestText} characters`);
  }
}

export function checkListLength(length: number): void {
  if (length > longestList) {
    throw new GoCallError(`the result would have more than ${longestList} elements`);
  }
}
