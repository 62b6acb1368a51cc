/**
 * The gate in front of the webhook: would the API server call us about this pod at all? Exports:
 * {@link decideByNamespace}, {@link NamespaceQuestion}.
 *
 * It answers what the entries of our MutatingWebhookConfigurations answer (`rev.namespace.`, `rev.object.`
 * and, for the default revision, `namespace.`, `object.`, `auto.`), without walking their selectors.
 */
import { namespaceLabels as namespaceLabelNames, labels as podLabelNames } from '../annotations.ts';
import { ownString } from '../pod-metadata.ts';
import type { DecisionStep, ReasonCode } from '../types.ts';
import { ignoredNamespaces } from './ignored-namespace.ts';
import type { LabelSource } from './label-selector.ts';

/** What the API server looks at. */
export interface NamespaceQuestion {
  readonly namespaceLabels: LabelSource;
  readonly podLabels: LabelSource;
  /** Revision of this injector; empty means `default`. */
  readonly revision: string;
  /** Revision tags that point at this injector. */
  readonly tags: readonly string[];
  /**
   * The tag `default` points at another revision, which then gets what the revision `default` would
   * (`istioctl/pkg/tag/generate.go` deactivates the webhooks of the latter).
   */
  readonly defaultElsewhere?: boolean;
  /** Pods of namespaces without any injection label are injected, too. */
  readonly enableNamespacesByDefault: boolean;
}

const defaultRevision = 'default';
const namespaceField = (name: string): string => `namespace label "${name}"`;
const podField = (name: string): string => `metadata.labels["${name}"]`;

/** Outcome `inject`: the webhook is called (and still decides for itself); `skip`: it never hears of the pod. */
export function decideByNamespace(
  question: NamespaceQuestion,
): DecisionStep & { readonly reason: ReasonCode } {
  const injection = ownString(question.namespaceLabels, namespaceLabelNames.injection);
  const namespaceRevision = ownString(question.namespaceLabels, namespaceLabelNames.revision);
  if (injection !== undefined) return byInjectionLabel(question, injection);
  if (namespaceRevision !== undefined) {
    return byRevision(question, namespaceField(namespaceLabelNames.revision), namespaceRevision);
  }
  const podRevision = ownString(question.podLabels, podLabelNames.revision);
  if (podRevision !== undefined) {
    return byRevision(question, podField(podLabelNames.revision), podRevision);
  }
  return byPodAlone(question);
}

/** `istio-injection` beats every revision label, also when it says no. */
function byInjectionLabel(question: NamespaceQuestion, value: string): Answer {
  const field = namespaceField(namespaceLabelNames.injection);
  if (value !== 'enabled') return answer('skip', 'namespace-disabled', field, value);
  if (!serves(question, defaultRevision)) return answer('skip', 'other-revision', field, value);
  return optedOut(question) ?? answer('inject', 'namespace-enabled', field, value);
}

function byRevision(question: NamespaceQuestion, field: string, revision: string): Answer {
  if (!serves(question, revision)) return answer('skip', 'other-revision', field, revision);
  return optedOut(question) ?? answer('inject', 'revision-matches', field, revision);
}

/** Neither namespace nor pod names a revision: only the default revision may take the pod. */
function byPodAlone(question: NamespaceQuestion): Answer {
  const field = podField(podLabelNames.inject);
  const wish = ownString(question.podLabels, podLabelNames.inject);
  const unlabelled = answer(
    'skip',
    'namespace-not-labelled',
    namespaceField(namespaceLabelNames.injection),
    undefined,
  );
  if (!serves(question, defaultRevision)) return optedOut(question) ?? unlabelled;
  if (wish === 'true') return answer('inject', 'label-true', field, wish);
  if (!question.enableNamespacesByDefault) return optedOut(question) ?? unlabelled;
  // The entry for everybody asks for the label's absence, so any other text keeps the pod out.
  if (wish !== undefined) return optedOut(question) ?? answer('skip', 'label-invalid', field, wish);
  const name = ownString(question.namespaceLabels, namespaceLabelNames.name);
  return name !== undefined && ignoredNamespaces.has(name)
    ? answer('skip', 'ignored-namespace', namespaceField(namespaceLabelNames.name), name)
    : answer('inject', 'namespace-enabled', 'enableNamespacesByDefault', 'true');
}

type Answer = ReturnType<typeof decideByNamespace>;

function answer(
  outcome: 'inject' | 'skip',
  reason: ReasonCode,
  field: string,
  value: string | undefined,
): Answer {
  return { rule: 'namespace and revision', outcome, reason, saw: { field, value } };
}

function optedOut({ podLabels }: NamespaceQuestion): Answer | undefined {
  return ownString(podLabels, podLabelNames.inject) === 'false'
    ? answer('skip', 'label-false', podField(podLabelNames.inject), 'false')
    : undefined;
}

function serves(question: NamespaceQuestion, wanted: string): boolean {
  if (wanted === defaultRevision && question.defaultElsewhere) return false;
  return wanted === (question.revision || defaultRevision) || question.tags.includes(wanted);
}
