// JavaScript's \s has the byte order mark, which Go does not trim, and lacks U+0085, which Go does.
const space = /^(?:[^\S\ufeff]|\u0085)$/;

/** Go's `strings.TrimSpace`. */
export function goTrim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && space.test(text.charAt(start))) start++;
  while (end > start && space.test(text.charAt(end - 1))) end--;
  return text.slice(start, end);
}
