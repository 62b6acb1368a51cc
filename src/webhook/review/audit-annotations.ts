import type { Decision, DecisionStep, Notice } from '../../inject/types.ts';

/** Label and annotation values may be of any length when they arrive; the audit log gets this much. */
const longestValue = 63;
/** A configuration may have any number of selectors; audit events that grow too large are cut off as a whole. */
const longestTrace = 2048;

/**
 * What the API server's audit log is told about a decision: `decision` (`inject` or `skip`), `reason` (the
 * code), `trace`, every rule that was looked at, in order, and `mistakes`, the codes of what was noticed, if
 * anything was. The codes are those of `outrigger explain`.
 */
export function auditAnnotations(
  decision: Decision,
  notices: readonly Notice[],
): { readonly [key: string]: string } {
  const told = {
    decision: decision.inject ? 'inject' : 'skip',
    reason: decision.reason,
    trace: shortened(decision.steps.map(stepText).join('; '), longestTrace),
  };
  if (notices.length === 0) return told;
  return { ...told, mistakes: [...new Set(notices.map(({ code }) => code))].join(',') };
}

function stepText(step: DecisionStep): string {
  if (step.reason === undefined) return `${step.rule}: ${step.outcome}`;
  const { value } = step.saw;
  const saw = value === undefined ? '' : ` ${JSON.stringify(shortened(value, longestValue))}`;
  const outcome = step.outcome === 'no opinion' ? '' : ` => ${step.outcome}`;
  return `${step.rule}: ${step.reason}${saw}${outcome}`;
}

function shortened(value: string, longest: number): string {
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}
