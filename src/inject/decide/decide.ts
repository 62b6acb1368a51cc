/**
 * The decision whether a pod is injected (`pkg/kube/inject/inject.go`, injectRequired).
 * Exports: {@link decide}, {@link compileDecisionPolicy}, {@link offlinePolicy}.
 */
import type { JsonObject } from '../../json.ts';
import { podAnnotations, podLabels, podNamespace } from '../pod-metadata.ts';
import type { Decision, DecisionStep, LabelSelector } from '../types.ts';
import { hostNetwork } from './host-network.ts';
import { ignoredNamespace } from './ignored-namespace.ts';
import { injectAnnotation } from './inject-annotation.ts';
import { injectLabel } from './inject-label.ts';
import { compileSelector } from './label-selector.ts';
import { alwaysInjectSelector, neverInjectSelector } from './pod-selectors.ts';
import { isPolicy, policyStep } from './policy.ts';
import type { DecisionPolicy, DecisionSubject, Rule } from './rule.ts';

const rules: readonly Rule[] = [
  hostNetwork,
  ignoredNamespace,
  injectLabel,
  injectAnnotation,
  neverInjectSelector,
  alwaysInjectSelector,
];

/** What kube-inject goes by: everything that is handed to it is injected unless the pod objects. */
export const offlinePolicy: DecisionPolicy = {
  policy: 'enabled',
  neverInject: [],
  alwaysInject: [],
};

/** Compiles the deciding part of an injector configuration, once per configuration. */
export function compileDecisionPolicy(config: {
  readonly policy: string;
  readonly neverInjectSelector: readonly LabelSelector[];
  readonly alwaysInjectSelector: readonly LabelSelector[];
}): DecisionPolicy {
  return {
    policy: config.policy,
    neverInject: config.neverInjectSelector.map(compileSelector),
    alwaysInject: config.alwaysInjectSelector.map(compileSelector),
  };
}

/**
 * Decides about a pod. Never throws, whatever JSON the pod is.
 *
 * @param pod the pod as it came in
 * @param requestNamespace namespace of the request; the pod's own one wins
 */
export function decide(
  pod: JsonObject,
  requestNamespace: string,
  policy: DecisionPolicy,
): Decision {
  const subject: DecisionSubject = {
    pod,
    namespace: podNamespace(pod, requestNamespace),
    labels: podLabels(pod),
    annotations: podAnnotations(pod),
    policy,
  };
  const steps: DecisionStep[] = [];
  for (const rule of rules) {
    steps.push(...rule(subject));
    const last = steps.at(-1);
    if (last?.reason === undefined || last.outcome === 'no opinion') continue;
    // An explicit wish for a sidecar is void while the policy is not a policy.
    if (last.outcome === 'inject' && !isPolicy(policy.policy)) break;
    return { inject: last.outcome === 'inject', reason: last.reason, steps };
  }
  const last = policyStep(policy.policy);
  steps.push(last);
  return { inject: last.outcome === 'inject', reason: last.reason, steps };
}
