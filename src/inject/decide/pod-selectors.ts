import type { DecisionStep } from '../types.ts';
import type { CompiledSelector, LabelSource } from './label-selector.ts';
import type { Rule } from './rule.ts';

/** Walks `neverInjectSelector`; the first selector that matches keeps the sidecar out. */
export const neverInjectSelector: Rule = ({ labels, policy }) =>
  walk(never, policy.neverInject, labels);

/** Walks `alwaysInjectSelector`; the first selector that matches asks for the sidecar. */
export const alwaysInjectSelector: Rule = ({ labels, policy }) =>
  walk(always, policy.alwaysInject, labels);

interface Walk {
  readonly rule: 'never-inject selector' | 'always-inject selector';
  readonly field: string;
  readonly matched: Pick<DecisionStep, 'outcome'> & {
    readonly reason: 'never-inject-selector' | 'always-inject-selector';
  };
  readonly noMatch: DecisionStep;
}

const never: Walk = {
  rule: 'never-inject selector',
  field: 'neverInjectSelector',
  matched: { outcome: 'skip', reason: 'never-inject-selector' },
  noMatch: noMatch('never-inject selector', 'neverInjectSelector'),
};
const always: Walk = {
  rule: 'always-inject selector',
  field: 'alwaysInjectSelector',
  matched: { outcome: 'inject', reason: 'always-inject-selector' },
  noMatch: noMatch('always-inject selector', 'alwaysInjectSelector'),
};

function noMatch(rule: Walk['rule'], field: string): DecisionStep {
  const saw = { field, value: undefined };
  return { rule, outcome: 'no opinion', reason: 'selector-no-match', saw };
}

/** An empty selector matches nothing here, unlike anywhere else in Kubernetes; an invalid one is told and skipped. */
function walk(
  kind: Walk,
  selectors: readonly CompiledSelector[],
  labels: LabelSource,
): readonly DecisionStep[] {
  const { rule } = kind;
  const steps: DecisionStep[] = [];
  for (const [index, selector] of selectors.entries()) {
    const saw = { field: `${kind.field}[${index}]`, value: selector.text };
    if (selector.kind === 'invalid') {
      steps.push({ rule, outcome: 'no opinion', reason: 'selector-invalid', saw });
    } else if (selector.kind === 'usable' && selector.matches(labels)) {
      steps.push({ rule, ...kind.matched, saw });
      return steps;
    }
  }
  steps.push(kind.noMatch);
  return steps;
}
