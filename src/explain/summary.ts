/**
 * The answer in one sentence. Exports: {@link summarise}, {@link summariseWorkload},
 * {@link summariseNamespace}.
 */
import type { ChainStep, Explanation, Outcome, PodOutcome } from './explanation.ts';
import { objectText } from './object-name.ts';
import type { Subject } from './subject.ts';

type Told = Pick<Explanation, 'outcome' | 'now' | 'reason'> & {
  readonly chain: readonly Pick<ChainStep, 'reason' | 'message'>[];
};

/** About a pod, or what pods are made of. */
export function summarise(subject: Subject, told: Told): string {
  return `${headline(subject, told)}: ${because(told)}`;
}

/** About a workload and its pods. */
export function summariseWorkload(
  subject: Subject,
  told: Told,
  pods: readonly PodOutcome[],
): string {
  const injected = pods.filter(({ outcome }) => outcome === 'injected').length;
  const have = `${injected} of ${pods.length} pods of ${objectText(subject.name)} have the sidecar`;
  return `${have}; made now, they would be ${verbs[told.now]}: ${because(told)}`;
}

/** About a namespace. @param told what is told of a pod without labels of its own */
export function summariseNamespace(namespace: string, told: Told): string {
  return `pods of Namespace ${namespace} without labels of their own would be ${verbs[told.now]}: ${because(told)}`;
}

function headline(subject: Subject, { outcome, now, chain }: Told): string {
  const name = objectText(subject.name);
  if (!subject.exists) {
    const what = subject.name.kind === 'Pod' ? name : `pods of ${name}`;
    if (subject.injected) {
      const more = now === 'injected' ? 'is put in anew' : 'stays as it is';
      return `${what} bring their sidecar along, which ${more}`;
    }
    const unsure = chain.some(({ reason }) => reason === 'namespace-unknown');
    const condition = unsure && now === 'injected' ? ', if the namespace allows it' : '';
    return `${what} would be ${verbs[now]}${condition}`;
  }
  const was = `${name} ${outcome === 'injected' ? 'was injected' : 'was not injected'}`;
  if (now === outcome) return was;
  if (now === 'refused') return `${was}, and would be refused now`;
  return `${was}, but would be ${verbs[now]} now`;
}

const verbs: { readonly [outcome in Outcome]: string } = {
  injected: 'injected',
  'not-injected': 'left without a sidecar',
  refused: 'refused',
};

/** The words of the step that decides. */
function because({ chain, reason }: Told): string {
  return chain.findLast((step) => step.reason === reason)?.message ?? reason;
}
