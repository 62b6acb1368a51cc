/**
 * A failure as upstream's validation gives it: one plain error, or the list of go-multierror, which is
 * printed as a list even when it has one entry.
 */
export type Problem =
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'list'; readonly texts: readonly string[] };

/** Texts in the layout of `github.com/hashicorp/go-multierror` (format.go, ListFormatFunc). */
export function multiErrorText(texts: readonly string[]): string {
  const count = texts.length === 1 ? '1 error' : `${texts.length} errors`;
  return `${count} occurred:\n${texts.map((text) => `\t* ${text}\n`).join('')}\n`;
}

/**
 * One text for all problems, undefined when there are none. A single plain error stays plain; otherwise
 * lists are flattened into one (`AppendValidation` of pkg/config/validation/agent/validation.go).
 */
export function joinProblems(problems: readonly Problem[]): string | undefined {
  const told = problems.filter((problem) => problem.kind === 'plain' || problem.texts.length > 0);
  const [first] = told;
  if (first === undefined) return undefined;
  if (told.length === 1 && first.kind === 'plain') return first.text;
  return multiErrorText(
    told.flatMap((problem) => (problem.kind === 'plain' ? [problem.text] : problem.texts)),
  );
}
