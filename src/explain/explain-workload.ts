/** The answer about a workload that has pods. Exports: {@link explainWorkload}. */
import type { JsonObject } from '../json.ts';
import { podOutcomes } from './explain-namespace.ts';
import { explainPod } from './explain-pod.ts';
import type { Explanation, Mistake } from './explanation.ts';
import type { ClusterFacts, SubjectFacts } from './facts.ts';
import { restart } from './pod-place.ts';
import { podPlace, subjectOf } from './subject.ts';
import { summariseWorkload } from './summary.ts';

/** So many pods are named in a message. */
const mostNamed = 5;
/** What pods of a workload have in common, and is told of one of them. */
const shared: ReadonlySet<string> = new Set([
  'pod-older-than-label',
  'pod-older-than-webhook',
  'failure-policy-ignore',
  'came-without-sidecar',
  'other-revision',
  'sidecar-outdated',
  'sidecar-removed',
]);

/**
 * Explains what would become of pods that are made of the workload's template now, and what became of those that
 * are there.
 *
 * @returns undefined when the object has no pod template
 */
export function explainWorkload(
  facts: SubjectFacts,
  pods: readonly JsonObject[],
  cluster: ClusterFacts,
): Explanation | undefined {
  const explanation = explainPod(facts, cluster);
  const subject = subjectOf(facts, cluster);
  const outcomes = podOutcomes(pods, facts.namespace, cluster);
  if (explanation === undefined || subject === undefined || outcomes.length === 0) {
    return explanation;
  }
  const without = outcomes.filter(({ outcome }) => outcome !== 'injected').map(({ name }) => name);
  const mistakes = [...explanation.mistakes];
  if (without.length > 0 && explanation.now === 'injected') {
    mistakes.push({
      code: 'pods-without-sidecar',
      message: `${without.length} of ${outcomes.length} pods have no sidecar, though they would get one now: ${named(without)}`,
      object: explanation.object,
      remedies: [restart(subject)],
    });
  }
  mistakes.push(...mistakesOfPods(pods, facts, cluster));
  return {
    ...explanation,
    exists: true,
    outcome: without.length === 0 ? 'injected' : 'not-injected',
    summary: summariseWorkload(subject, explanation, outcomes),
    mistakes,
    pods: outcomes,
  };
}

/** Each once, of the first pod that has it. */
function mistakesOfPods(
  pods: readonly JsonObject[],
  { namespace }: SubjectFacts,
  cluster: ClusterFacts,
): Mistake[] {
  const found = new Map<string, Mistake>();
  for (const pod of pods) {
    const told = explainPod({ object: pod, place: podPlace, namespace }, cluster);
    for (const mistake of told?.mistakes ?? []) {
      if (shared.has(mistake.code) && !found.has(mistake.code)) found.set(mistake.code, mistake);
    }
  }
  return [...found.values()];
}

function named(names: readonly string[]): string {
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
