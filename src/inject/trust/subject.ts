/** What a failure says is to blame, for a piece of text as messages call it: an annotation by its name alone. */
export function subjectOf(culprit: string): string {
  const [first = ''] = culprit.split(', ');
  return first.replace(/^annotation /, '');
}
