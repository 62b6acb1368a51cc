/**
 * The first gate: does the API server ask an injector about the pod at all? Exports: {@link passGate},
 * {@link Gate}.
 */
import { namespaceLabels as namespaceLabelNames } from '../inject/annotations.ts';
import { stepSentence } from '../inject/decide/describe-reason.ts';
import { decideByNamespace } from '../inject/decide/namespace.ts';
import type { ChainStep, ExplainReason, ObjectName } from './explanation.ts';
import { labelField, objectText } from './object-name.ts';
import { podField } from './second-gate.ts';
import type { Subject } from './subject.ts';
import {
  type ConfigurationTrace,
  traceConfigurations,
  type Unmet,
} from './webhooks/match-entries.ts';
import { injectsByDefault, servedRevisions, servesDefault } from './webhooks/served-revisions.ts';
import type { WebhookEntry } from './webhooks/webhook-entry.ts';

/** What came of it. */
export interface Gate {
  readonly steps: readonly Omit<ChainStep, 'remedies'>[];
  /** The entries that are called, the first of each configuration. */
  readonly called: readonly WebhookEntry[];
  /** Why it is called, or is not. */
  readonly reason: ExplainReason;
}

type Step = Gate['steps'][number];

/** Evaluates the webhook configurations as the API server does, in their order. */
export function passGate(subject: Subject): Gate {
  const { cluster, namespaceLabels, labels } = subject;
  const traces = traceConfigurations(cluster.webhooks, namespaceLabels, labels);
  if (traces.length === 0) return closed([], noWebhook());
  if (namespaceLabels === undefined) return unknownNamespace(subject, traces);
  const reason = reasonOf(subject);
  const called = traces.filter(({ matches }) => matches).map(({ entry }) => entry);
  const steps = traces.map((trace) => (trace.matches ? matching(trace.entry) : passedOver(trace)));
  if (called.length > 0) {
    // Unusual selectors may match where labels by themselves would not say so.
    const asUsual = reason.outcome === 'inject' ? [reason] : [];
    return {
      steps: [...steps, ...asUsual],
      called,
      reason: asUsual[0]?.reason ?? 'webhook-matches',
    };
  }
  // Selectors that match say that the labels are right.
  const byRules = traces.some(({ unmet }) => unmet.every(({ of }) => of === 'rules'));
  const byLabels = reason.outcome === 'skip' && !byRules;
  return closed(steps, byLabels ? reason : nothingMatches(traces));
}

/** What labels say, in terms of everything that some webhook serves. */
function reasonOf(subject: Subject): Step {
  const { cluster, labels } = subject;
  const served = servedRevisions(cluster.webhooks);
  const step = decideByNamespace({
    namespaceLabels: subject.namespaceLabels ?? {},
    podLabels: labels,
    revision: [...served][0] ?? 'nobody',
    tags: [...served, ...(servesDefault(cluster.webhooks) ? ['default'] : [])],
    enableNamespacesByDefault: injectsByDefault(cluster.webhooks),
  });
  const unserved = step.reason === 'other-revision';
  const wanted = step.saw.value === 'enabled' ? 'default' : step.saw.value;
  return {
    check: 'webhook',
    outcome: step.outcome,
    reason: unserved ? 'revision-not-served' : step.reason,
    message: unserved ? `no webhook serves revision ${JSON.stringify(wanted)}` : stepSentence(step),
    ...placeOf(subject, step.saw.field),
    value: step.saw.value ?? null,
  };
}

function placeOf(subject: Subject, field: string): Pick<Step, 'object' | 'field'> {
  if (field.startsWith('metadata')) {
    return { object: subject.name, field: podField(subject, field) };
  }
  // Where every namespace is injected, it is the absence of this label that counts.
  const label = /^namespace label "(.*)"$/.exec(field)?.[1] ?? namespaceLabelNames.injection;
  return { object: { kind: 'Namespace', name: subject.namespace.name }, field: labelField(label) };
}

function matching(entry: WebhookEntry): Step {
  const conditions =
    entry.conditions.length === 0
      ? ''
      : `, provided that its matchConditions hold (${entry.conditions.join(', ')})`;
  const where = `${objectText(configurationOf(entry))}${revisionText(entry)}`;
  return {
    check: 'webhook',
    outcome: 'inject',
    reason: 'webhook-matches',
    message: `webhook ${entry.entry} of ${where} is called${conditions}`,
    object: configurationOf(entry),
    field: `webhooks[${entry.index}].namespaceSelector`,
    value: entry.namespaceSelector.text,
  };
}

function passedOver({ entry, unmet, nearest }: ConfigurationTrace): Step {
  const [first] = unmet;
  const selector = first?.of === 'pod' ? 'objectSelector' : 'namespaceSelector';
  return {
    check: 'webhook',
    outcome: 'no opinion',
    reason: 'no-webhook-matches',
    message: `${objectText(configurationOf(entry))}${revisionText(entry)} is not called: it wants ${wishes(nearest)}`,
    object: configurationOf(entry),
    field: `webhooks[${entry.index}].${first?.of === 'rules' ? 'rules' : selector}`,
    value: first?.condition ?? null,
  };
}

/** What would do: all of what one entry wants, or all of what another does. */
function wishes(nearest: ConfigurationTrace['nearest']): string {
  return nearest.map(({ unmet }) => unmet.map(wish).join(' and ')).join(', or ');
}

function wish({ of, condition, key, value }: Unmet): string {
  if (key === '') return condition;
  const found = value === undefined ? 'not set' : `is ${JSON.stringify(value)}`;
  return `${of} label ${condition} (${found})`;
}

function closed(steps: readonly Step[], last: Step): Gate {
  return { steps: [...steps, last], called: [], reason: last.reason ?? 'no-webhook-matches' };
}

function noWebhook(): Step {
  return {
    check: 'webhook',
    outcome: 'skip',
    reason: 'no-webhook',
    message: 'no webhook in the cluster adds the sidecar',
    object: { kind: 'MutatingWebhookConfiguration', name: '' },
    field: 'webhooks[*].name',
    value: null,
  };
}

/** Labels are as they should be for usual selectors, so it is these selectors that are unusual. */
function nothingMatches(traces: readonly ConfigurationTrace[]): Step {
  const [nearest] = [...traces].sort((one, other) => one.unmet.length - other.unmet.length);
  const step = nearest === undefined ? noWebhook() : passedOver(nearest);
  return { ...step, outcome: 'skip', message: `no webhook matches: ${step.message}` };
}

function unknownNamespace(subject: Subject, traces: readonly ConfigurationTrace[]): Gate {
  const { namespace } = subject;
  const step: Step = {
    check: 'webhook',
    outcome: 'no opinion',
    reason: 'namespace-unknown',
    message:
      'nothing is known about the namespace, whose labels may keep the sidecar out or bring it',
    object: { kind: 'Namespace', name: namespace.name },
    field: labelField(namespaceLabelNames.injection),
    value: null,
  };
  const called = traces.filter(({ matches }) => matches).map(({ entry }) => entry);
  if (called.length > 0) return { steps: [step], called, reason: 'namespace-unknown' };
  const said = reasonOf(subject);
  return closed([step], said.reason === 'label-false' ? said : nothingMatches(traces));
}

/** The configuration as an object. */
export function configurationOf({ configuration }: WebhookEntry): ObjectName {
  return { kind: 'MutatingWebhookConfiguration', name: configuration };
}

function revisionText({ revision, tag }: WebhookEntry): string {
  if (tag !== undefined) return ` (tag ${tag}, revision ${revision})`;
  return revision === '' ? '' : ` (revision ${revision})`;
}
