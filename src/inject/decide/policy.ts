import type { DecisionStep, ReasonCode } from '../types.ts';

/** True for the two policies that exist. */
export function isPolicy(policy: string): boolean {
  return policy === 'enabled' || policy === 'disabled';
}

/** The default for pods that nothing else decides about; an unknown policy injects nothing. */
export function policyStep(policy: string): DecisionStep & { readonly reason: ReasonCode } {
  const saw = { field: 'policy', value: policy };
  if (policy === 'enabled') {
    return { rule: 'policy', outcome: 'inject', reason: 'policy-enabled', saw };
  }
  const reason = policy === 'disabled' ? 'policy-disabled' : 'policy-invalid';
  return { rule: 'policy', outcome: 'skip', reason, saw };
}
