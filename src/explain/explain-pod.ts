/** The answer about a pod, or about what pods are made of. Exports: {@link explainPod}, {@link askGates}. */
import { injectedRevision } from '../diagnose/injected-pod.ts';
import { annotations } from '../inject/annotations.ts';
import type { ChainStep, ExplainReason, Explanation, Outcome } from './explanation.ts';
import type { ClusterFacts, InjectorFacts, SubjectFacts } from './facts.ts';
import { type Gate, passGate } from './gate.ts';
import { startOrder } from './injected-result.ts';
import { findMistakes } from './mistakes/find-mistakes.ts';
import { fieldText } from './object-name.ts';
import { remediesFor } from './remedies.ts';
import { askInjector, type Verdict } from './second-gate.ts';
import { type Subject, subjectOf } from './subject.ts';
import { summarise } from './summary.ts';

/** What both gates say about a subject. */
export interface Asked {
  readonly gate: Gate;
  readonly injector: InjectorFacts;
  readonly verdict: Verdict | undefined;
  /** What would become of the pod now. */
  readonly now: Outcome;
  readonly reason: ExplainReason;
  /** The revision that injects it now, or would. */
  readonly revision: string | undefined;
}

/** Asks the API server's gate, and then the injector. */
export function askGates(subject: Subject): Asked {
  const gate = passGate(subject);
  const [first] = gate.called;
  const injector = subject.cluster.injectorOf(first?.revision ?? '');
  const verdict = first === undefined ? undefined : askInjector(subject, injector);
  const now = verdict?.outcome ?? 'not-injected';
  const reason = now === 'injected' ? gate.reason : (verdict?.reason ?? gate.reason);
  return { gate, injector, verdict, now, reason, revision: first?.revision || undefined };
}

/**
 * Explains what became of a pod, or would become of the pods of a workload.
 *
 * @returns undefined when the object has no pod template
 */
export function explainPod(facts: SubjectFacts, cluster: ClusterFacts): Explanation | undefined {
  const subject = subjectOf(facts, cluster);
  if (subject === undefined) return undefined;
  const asked = askGates(subject);
  const { gate, injector, verdict, now, reason } = asked;
  const asItIs = subject.injected ? 'injected' : 'not-injected';
  // What is in a template already comes with the pods, whatever webhooks do.
  const outcome = subject.exists || subject.injected ? asItIs : now;
  const steps = [...gate.steps, ...(verdict?.steps ?? []), ...sidecarStep(subject)];
  const mistakes = findMistakes({ subject, gate, verdict, injector, now });
  const { source, exists, name } = subject;
  const revision = (subject.injected ? injectedRevision(subject.pod) : undefined) ?? asked.revision;
  const result = verdict?.result;
  return {
    object: name,
    ...(source !== undefined && { source }),
    exists,
    outcome,
    now,
    reason,
    summary: summarise(subject, { outcome, now, reason, chain: steps }),
    assumptions: assumptions(subject),
    chain: withRemedies(steps, subject, asked),
    mistakes,
    ...(outcome === 'injected' && revision !== undefined && { revision }),
    ...(result?.outcome === 'injected' && { templates: result.templates }),
    ...(outcome === 'injected' && {
      containers: startOrder(
        subject.injected ? subject.pod : (verdict?.injectedPod ?? subject.pod),
      ),
    }),
  };
}

function assumptions({ cluster, namespace }: Subject): string[] {
  const unknown =
    namespace.object === undefined
      ? [
          `nothing is known about namespace ${JSON.stringify(namespace.name)}, whose labels decide, too`,
        ]
      : [];
  return [...unknown, ...cluster.assumptions];
}

/** Remedies stand at the step that decides. */
function withRemedies(
  steps: readonly Omit<ChainStep, 'remedies'>[],
  subject: Subject,
  { reason, injector }: Asked,
): ChainStep[] {
  const decisive = steps.findLastIndex((step) => step.reason === reason);
  return steps.map((step, index) => ({
    ...step,
    remedies: index === decisive ? remediesFor(reason, subject, injector) : [],
  }));
}

/** What the pod itself tells of its injection. */
function sidecarStep(subject: Subject): Omit<ChainStep, 'remedies'>[] {
  if (!subject.exists && !subject.injected) return [];
  const status = subject.annotations[annotations.status];
  const revision = injectedRevision(subject.pod);
  return [
    {
      check: 'sidecar',
      outcome: subject.injected ? 'inject' : 'skip',
      reason: null,
      message: subject.injected
        ? `the ${subject.exists ? 'pod' : 'template'} has its sidecar${revision === undefined ? '' : `, injected by revision ${revision}`}`
        : 'the pod has no sidecar',
      object: subject.name,
      field: fieldText([...subject.metadataPath, 'annotations', annotations.status]),
      value: status ?? null,
    },
  ];
}
