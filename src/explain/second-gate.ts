/**
 * The second gate: what the injector itself makes of the pod. Exports: {@link askInjector}, {@link Verdict}.
 */
import { stepSentence } from '../inject/decide/describe-reason.ts';
import { ownString } from '../inject/pod-metadata.ts';
import type { Decision, DecisionStep, InjectResult } from '../inject/types.ts';
import { ownerMeta } from '../inject/workload/template-parts.ts';
import type { JsonObject } from '../json.ts';
import type { ChainStep, ExplainReason, ObjectName, Outcome } from './explanation.ts';
import type { InjectorFacts } from './facts.ts';
import { injectedPod } from './injected-result.ts';
import { fieldText } from './object-name.ts';
import type { Subject } from './subject.ts';

/** What came of it. */
export interface Verdict {
  readonly steps: readonly Omit<ChainStep, 'remedies'>[];
  readonly outcome: Outcome;
  readonly reason: ExplainReason;
  readonly result: InjectResult;
  /** The pod with its sidecar; as it is when it gets none. */
  readonly injectedPod: JsonObject;
}

/** Has the injector decide, and inject if that is the decision. */
export function askInjector(subject: Subject, facts: InjectorFacts): Verdict {
  const { pod, place, namespace, object } = subject;
  const owner = ownerMeta(object);
  const result = facts.injector.inject({
    pod,
    namespace: namespace.name,
    ...(place.template.length === 0 ? {} : { owner: { ...owner, namespace: namespace.name } }),
  });
  const steps = result.decision.steps.map((step) => chainStep(step, subject, facts.source));
  const { reason } = result.decision;
  if (result.outcome === 'skipped') {
    return { steps, outcome: 'not-injected', reason, result, injectedPod: pod };
  }
  if (result.outcome === 'failed') {
    const { message, subject: field = '' } = result.error;
    const refusal = {
      check: 'injection',
      outcome: 'skip',
      reason: 'refused',
      message,
      ...placeOfRefusal(field, subject, facts.source),
      value: ownString(subject.annotations, field) ?? null,
    } as const;
    return {
      steps: [...steps, refusal],
      outcome: 'refused',
      reason: 'refused',
      result,
      injectedPod: pod,
    };
  }
  const names = result.templates.join(', ');
  const done = {
    check: 'injection',
    outcome: 'inject',
    reason,
    message: `the injector applies ${result.templates.length === 1 ? 'template' : 'templates'} ${names}`,
    object: facts.source,
    field: 'templates',
    value: names,
  } as const;
  return {
    steps: [...steps, done],
    outcome: 'injected',
    reason,
    result,
    injectedPod: injectedPod(pod, result.patch),
  };
}

/** What a refusal is about: an annotation or a field of the pod, else a template. */
function placeOfRefusal(
  field: string,
  subject: Subject,
  source: ObjectName,
): Pick<ChainStep, 'object' | 'field'> {
  if (Object.hasOwn(subject.annotations, field)) {
    const path = fieldText(['metadata', 'annotations', field]);
    return { object: subject.name, field: podField(subject, path) };
  }
  if (/^(?:metadata|spec)\b/.test(field)) {
    return { object: subject.name, field: podField(subject, field) };
  }
  return { object: source, field: field === '' ? 'templates' : fieldText(['templates', field]) };
}

/** Whether the injector alone would let the pod have its sidecar. */
export function decideAlone({ pod, namespace }: Subject, { injector }: InjectorFacts): Decision {
  return injector.decide({ pod, namespace: namespace.name });
}

/** A step of the decision, as one of the chain. */
export function chainStep(
  step: DecisionStep,
  subject: Subject,
  source: ObjectName,
): Omit<ChainStep, 'remedies'> {
  const { rule, outcome, reason, saw } = step;
  return {
    check: rule.replaceAll(' ', '-'),
    outcome,
    reason: reason ?? null,
    message:
      reason === 'selector-no-match'
        ? `no ${saw.field} matches the pod's labels`
        : stepSentence(step),
    ...placeOf(step, subject, source),
    value: saw.value ?? null,
  };
}

function placeOf(
  { rule, saw: { field } }: DecisionStep,
  subject: Subject,
  source: ObjectName,
): Pick<ChainStep, 'object' | 'field'> {
  switch (rule) {
    case 'ignored namespace':
      return {
        object: { kind: 'Namespace', name: subject.namespace.name },
        field: 'metadata.name',
      };
    case 'never-inject selector':
    case 'always-inject selector':
    case 'policy':
      return { object: source, field };
    default:
      return { object: subject.name, field: podField(subject, field) };
  }
}

/** A field of the pod, as one of the object that the pod template is in. */
export function podField({ place, metadataPath }: Subject, field: string): string {
  if (field.startsWith('metadata'))
    return `${fieldText(metadataPath)}${field.slice('metadata'.length)}`;
  return field.startsWith('spec') && place.template.length > 0
    ? `${fieldText(place.template)}.${field}`
    : field;
}
