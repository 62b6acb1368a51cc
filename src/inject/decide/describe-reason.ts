/** The decision in plain words, for people. Exports: {@link describeReason}, {@link stepSentence}. */

import type { DecisionRule, DecisionStep, ReasonCode } from '../types.ts';
import { ignoredNamespaces } from './ignored-namespace.ts';

/** Says in one sentence what a step saw, or what a reason code means in general. */
export function describeReason(what: DecisionStep | ReasonCode): string {
  if (typeof what === 'string') return sentences[what];
  return `${stepSentence(what)} (${seen(what.reason, what.saw)})`;
}

/** The same without what the step saw. */
export function stepSentence({ rule, reason }: Pick<DecisionStep, 'rule' | 'reason'>): string {
  return reason === undefined ? quietSentences[rule] : sentences[reason];
}

function seen(reason: ReasonCode | undefined, { field, value }: DecisionStep['saw']): string {
  if (value !== undefined) return `${field}: ${JSON.stringify(value)}`;
  // The selectors may well be there; it is a match that is missing.
  return reason === 'selector-no-match' ? field : `${field} is not set`;
}

const sentences: { readonly [code in ReasonCode]: string } = {
  'host-network': "the pod uses the host's network, which a sidecar cannot capture",
  'ignored-namespace': `pods in ${[...ignoredNamespaces].join(', ')} are never injected`,
  'namespace-not-labelled':
    'the namespace has no injection label and the pod does not ask for a sidecar by label',
  'namespace-disabled': 'the namespace turns injection off',
  'other-revision': 'another revision is in charge of the pod',
  'namespace-enabled': 'injection is on for the namespace',
  'revision-matches': "the revision asked for is this injector's",
  'label-true': "the pod's label asks for a sidecar",
  'label-false': "the pod's label refuses a sidecar",
  'label-unset': "the pod's label says nothing",
  'label-invalid': "the pod's label is neither true nor false, so it counts for nothing",
  'annotation-true': "the pod's annotation asks for a sidecar",
  'annotation-false': "the pod's annotation refuses a sidecar",
  'annotation-unset': "the pod's annotation says nothing",
  'annotation-invalid': "the pod's annotation is neither true nor false, so it counts for nothing",
  'annotation-hidden-by-label':
    "the pod's annotation is not looked at because the label of the same name is there",
  'never-inject-selector': "the pod's labels match a selector of pods that are never injected",
  'always-inject-selector': "the pod's labels match a selector of pods that are always injected",
  'selector-no-match': "no selector matches the pod's labels",
  'selector-invalid': 'a selector is not valid and was passed over',
  'policy-enabled': 'pods are injected unless they object',
  'policy-disabled': 'pods are injected only when they ask for it',
  'policy-invalid': 'the policy is neither enabled nor disabled, so nothing is injected',
  'injection-off': 'injection is turned off for the whole injector',
};

/** For rules that found nothing to object to. */
const quietSentences: { readonly [rule in DecisionRule]: string } = {
  'host network': 'the pod has a network of its own',
  'ignored namespace': 'the namespace is not one that is always left alone',
  'namespace and revision': 'namespace and revision say nothing',
  'inject label': sentences['label-unset'],
  'inject annotation': sentences['annotation-unset'],
  'never-inject selector': sentences['selector-no-match'],
  'always-inject selector': sentences['selector-no-match'],
  policy: 'the policy says nothing',
};
