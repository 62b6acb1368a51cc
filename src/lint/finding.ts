/** What lint has to say. Exports: {@link Finding}, {@link lintRules}, {@link LintRule}. */

/** Everything that lint looks for. The names are stable; an `error` makes the command fail. */
export const lintRules = {
  'parse-error': ['error', 'the template does not parse'],
  'undefined-template': ['error', 'a named template is used that is not defined'],
  'unknown-field': ['error', 'a field is read that the data does not have'],
  'execution-error': ['error', 'the template fails for a pod'],
  'invalid-yaml': ['error', 'the template renders to something that is not YAML'],
  'invalid-overlay': ['error', 'what the template renders to cannot be merged into a pod'],
  'unknown-pod-field': ['error', 'the overlay has a field that pods do not have'],
  'duplicate-key': ['error', 'a mapping has one key twice; the first value is lost'],
  'unknown-value': ['warning', 'a value is read that neither the charts nor the settings know'],
  'text-becomes-structure': ['warning', 'text of the pod can become structure of the overlay'],
  'unused-template': ['warning', 'a named template is never used'],
  'not-for-pods': ['warning', 'the template is for something else than pods'],
} as const satisfies { readonly [name: string]: readonly ['error' | 'warning', string] };

/** The name of a rule. */
export type LintRule = keyof typeof lintRules;

/** A mistake, or what is likely to be one. */
export interface Finding {
  readonly rule: LintRule;
  readonly severity: 'error' | 'warning';
  /** In the template's text, from 1; absent when there is no such place. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

/** Makes a finding, with the rule's severity. */
export function finding(
  rule: LintRule,
  message: string,
  place: { readonly line: number; readonly column: number } | undefined,
): Finding {
  return { rule, severity: lintRules[rule][0], ...place, message };
}
