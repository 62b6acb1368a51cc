/** The answer about a namespace, and that about many pods. Exports: {@link explainNamespace}, {@link podOutcomes}. */
import { hasEnded } from '../diagnose/injected-pod.ts';
import { labels } from '../inject/annotations.ts';
import type { JsonObject } from '../json.ts';
import { askGates, explainPod } from './explain-pod.ts';
import type { Explanation, LabelOutcome, PodOutcome } from './explanation.ts';
import type { ClusterFacts, NamespaceFacts } from './facts.ts';
import { podPlace, subjectOf } from './subject.ts';
import { summariseNamespace } from './summary.ts';
import { servedRevisions } from './webhooks/served-revisions.ts';

/** A pod that says nothing for itself. */
function plainPod(namespace: string, own: { readonly [label: string]: string } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, labels: own },
    spec: { containers: [{ name: 'app', image: 'app' }] },
  };
}

/**
 * Explains what becomes of the pods of a namespace: of one without labels of its own, by labels, and of those that
 * are there.
 */
export function explainNamespace(
  namespace: NamespaceFacts,
  pods: readonly JsonObject[],
  cluster: ClusterFacts,
): Explanation {
  const { name } = namespace;
  const plain = { object: plainPod(name), place: podPlace, namespace };
  const explanation = explainPod(plain, cluster);
  if (explanation === undefined) throw new TypeError('a plain pod is a pod');
  return {
    ...explanation,
    object: { kind: 'Namespace', name },
    summary: summariseNamespace(name, explanation),
    byLabels: byLabels(namespace, cluster),
    pods: podOutcomes(pods, namespace, cluster),
  };
}

/** What became of pods, and would become of them now; pods that have ended are left out. */
export function podOutcomes(
  pods: readonly JsonObject[],
  namespace: NamespaceFacts,
  cluster: ClusterFacts,
): PodOutcome[] {
  return pods.flatMap((pod) => {
    const subject = subjectOf({ object: pod, place: podPlace, namespace }, cluster);
    if (subject === undefined || hasEnded(pod)) return [];
    const { now, reason } = askGates(subject);
    const outcome = subject.injected ? 'injected' : 'not-injected';
    return [{ name: subject.name.name, outcome, now, reason } as const];
  });
}

function byLabels(namespace: NamespaceFacts, cluster: ClusterFacts): LabelOutcome[] {
  const revisions = [...servedRevisions(cluster.webhooks)];
  const rows: { readonly [label: string]: string }[] = [
    {},
    { [labels.inject]: 'true' },
    { [labels.inject]: 'false' },
    ...revisions.map((revision) => ({ [labels.revision]: revision })),
  ];
  return rows.flatMap((own) => {
    const object = plainPod(namespace.name, own);
    const subject = subjectOf({ object, place: podPlace, namespace }, cluster);
    if (subject === undefined) return [];
    const { now, reason, revision } = askGates(subject);
    const text = Object.entries(own)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    const by = now === 'injected' && revision !== undefined ? { revision } : {};
    return [{ labels: text, outcome: now, reason, ...by }];
  });
}
