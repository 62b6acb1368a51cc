/**
 * The Pod Security Standards, as the API server's admission plugin enforces their latest version.
 * Exports: {@link checkPodSecurity}.
 */
import type { JsonObject } from '../json.ts';
import { baselineRules } from './baseline.ts';
import { podParts } from './pod-parts.ts';
import { restrictedRules } from './restricted.ts';
import type { PodSecurityLevel, SecurityRule, Violation } from './violation.ts';

const rules: { readonly [level in PodSecurityLevel]: readonly SecurityRule[] } = {
  baseline: baselineRules,
  // The stricter rule of a name takes the place of the other, so that nothing is told twice.
  restricted: [...baselineRules.filter(({ name }) => name !== 'Capabilities'), ...restrictedRules],
};

/** Everything in a pod (or pod template) that a level forbids. Never throws, whatever JSON the pod is. */
export function checkPodSecurity(pod: JsonObject, level: PodSecurityLevel): readonly Violation[] {
  const parts = podParts(pod);
  return rules[level].flatMap(({ name, check }) =>
    [...check(parts)].map((violation) => ({ rule: name, ...violation })),
  );
}
