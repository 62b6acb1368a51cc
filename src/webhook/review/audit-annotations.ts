import type { Decision, DecisionStep } from '../../inject/types.ts';

/** Label and annotation values may be of any length when they arrive; the audit log gets this much. */
const longestValue = 63;

/**
 * What the API server's audit log is told about a decision: `decision` (`inject` or `skip`), `reason` (the
 * code) and `trace`, every rule that was looked at, in order.
 */
export function auditAnnotations(decision: Decision): { readonly [key: string]: string } {
  return {
    decision: decision.inject ? 'inject' : 'skip',
    reason: decision.reason,
    trace: decision.steps.map(stepText).join('; '),
  };
}

function stepText(step: DecisionStep): string {
  if (step.reason === undefined) return `${step.rule}: ${step.outcome}`;
  const { value } = step.saw;
  const saw = value === undefined ? '' : ` ${JSON.stringify(shortened(value))}`;
  const outcome = step.outcome === 'no opinion' ? '' : ` => ${step.outcome}`;
  return `${step.rule}: ${step.reason}${saw}${outcome}`;
}

function shortened(value: string): string {
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}
