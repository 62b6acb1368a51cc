import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDecisionPolicy, decide, offlinePolicy } from '../../src/inject/decide/decide.ts';
import { describeReason } from '../../src/inject/decide/describe-reason.ts';
import type { LabelSelector } from '../../src/inject/types.ts';
import type { JsonObject } from '../../src/json.ts';

interface Situation {
  policy?: string;
  always?: LabelSelector[];
  never?: LabelSelector[];
  annotation?: string;
  label?: string;
  labels?: Record<string, string>;
  hostNetwork?: boolean;
  namespace?: string;
  podNamespace?: string;
}

function podOf(situation: Situation): JsonObject {
  const { annotation, label, labels, hostNetwork, podNamespace } = situation;
  return {
    metadata: {
      ...(podNamespace === undefined ? {} : { namespace: podNamespace }),
      ...(annotation === undefined
        ? {}
        : { annotations: { 'sidecar.istio.io/inject': annotation } }),
      labels: { ...labels, ...(label === undefined ? {} : { 'sidecar.istio.io/inject': label }) },
    },
    spec: hostNetwork === undefined ? {} : { hostNetwork },
  };
}

function ask(situation: Situation) {
  const policy = compileDecisionPolicy({
    policy: situation.policy ?? 'enabled',
    neverInjectSelector: situation.never ?? [],
    alwaysInjectSelector: situation.always ?? [],
  });
  return decide(podOf(situation), situation.namespace ?? 'test-namespace', policy);
}

const has = (key: string): LabelSelector => ({ matchExpressions: [{ key, operator: 'Exists' }] });
const is = (key: string, value: string): LabelSelector => ({ matchLabels: { [key]: value } });

const table: [string, Situation, boolean, string][] = [
  ['an enabled policy injects', {}, true, 'policy-enabled'],
  ['the annotation true injects', { annotation: 'true' }, true, 'annotation-true'],
  ['the annotation false refuses', { annotation: 'false' }, false, 'annotation-false'],
  ['a disabled policy does not inject', { policy: 'disabled' }, false, 'policy-disabled'],
  [
    'the annotation true beats a disabled policy',
    { policy: 'disabled', annotation: 'true' },
    true,
    'annotation-true',
  ],
  [
    'the annotation false agrees with a disabled policy',
    { policy: 'disabled', annotation: 'false' },
    false,
    'annotation-false',
  ],
  ['an invalid annotation counts for nothing', { annotation: 'yes' }, true, 'policy-enabled'],
  [
    'an invalid annotation counts for nothing with a disabled policy',
    { policy: 'disabled', annotation: 'on' },
    false,
    'policy-disabled',
  ],
  ['an invalid label counts for nothing', { label: 'random' }, true, 'policy-enabled'],
  ['the host network is never injected', { hostNetwork: true }, false, 'host-network'],
  ['an unknown policy injects nothing', { policy: 'wrong' }, false, 'policy-invalid'],
  [
    'an always selector that does not match changes nothing',
    { always: [is('team', 'a')], labels: { team: 'b' } },
    true,
    'policy-enabled',
  ],
  [
    'an always selector without labels to match leaves a disabled policy alone',
    { policy: 'disabled', always: [is('team', 'a')] },
    false,
    'policy-disabled',
  ],
  [
    'an always selector beats a disabled policy',
    { policy: 'disabled', always: [is('team', 'a')], labels: { team: 'a' } },
    true,
    'always-inject-selector',
  ],
  [
    'a never selector that does not match changes nothing',
    { never: [is('team', 'a')] },
    true,
    'policy-enabled',
  ],
  [
    'a never selector beats an enabled policy',
    { never: [is('team', 'a')], labels: { team: 'a' } },
    false,
    'never-inject-selector',
  ],
  [
    'a never selector without match leaves a disabled policy alone',
    { policy: 'disabled', never: [is('team', 'a')] },
    false,
    'policy-disabled',
  ],
  [
    'a never selector decides with a disabled policy, too',
    { policy: 'disabled', never: [is('team', 'a')], labels: { team: 'a' } },
    false,
    'never-inject-selector',
  ],
  [
    'a key with an empty value exists',
    { never: [has('mark')], labels: { mark: '', other: 'x' } },
    false,
    'never-inject-selector',
  ],
  [
    'a key with an empty value exists for the always selector',
    { policy: 'disabled', always: [has('mark')], labels: { mark: '', other: 'x' } },
    true,
    'always-inject-selector',
  ],
  [
    'always is asked after never said nothing',
    { policy: 'disabled', always: [has('in')], never: [has('out')], labels: { in: 'x' } },
    true,
    'always-inject-selector',
  ],
  [
    'never says no',
    { policy: 'disabled', always: [has('in')], never: [has('out')], labels: { out: 'x' } },
    false,
    'never-inject-selector',
  ],
  [
    'never beats always',
    { policy: 'disabled', always: [has('in')], never: [has('out')], labels: { in: 'x', out: 'y' } },
    false,
    'never-inject-selector',
  ],
  [
    'the annotation true beats never',
    { never: [has('mark')], annotation: 'true', labels: { mark: '' } },
    true,
    'annotation-true',
  ],
  [
    'the annotation false beats always',
    { always: [has('mark')], annotation: 'false', labels: { mark: '' } },
    false,
    'annotation-false',
  ],
  [
    'the annotation false beats always with a disabled policy',
    { policy: 'disabled', always: [has('mark')], annotation: 'false', labels: { mark: '' } },
    false,
    'annotation-false',
  ],
  [
    'the second never selector counts as well',
    { never: [has('a'), has('b')], labels: { c: '', b: 'anything' } },
    false,
    'never-inject-selector',
  ],
  [
    'the second always selector counts as well',
    { policy: 'disabled', always: [has('a'), has('b')], labels: { c: '', b: 'anything' } },
    true,
    'always-inject-selector',
  ],
  [
    'the annotation true beats never and a disabled policy',
    { policy: 'disabled', never: [has('mark')], annotation: 'true', labels: { mark: '' } },
    true,
    'annotation-true',
  ],
  [
    'the label true beats a disabled policy',
    { policy: 'disabled', label: 'true' },
    true,
    'label-true',
  ],
  [
    'label and annotation agree',
    { policy: 'disabled', annotation: 'true', label: 'true' },
    true,
    'label-true',
  ],
  [
    'the label true beats the annotation false',
    { policy: 'disabled', annotation: 'false', label: 'true' },
    true,
    'label-true',
  ],
  [
    'the label false beats the annotation true',
    { policy: 'disabled', annotation: 'true', label: 'false' },
    false,
    'label-false',
  ],
  [
    'an unknown policy voids the label true',
    { policy: 'wrong', label: 'true' },
    false,
    'policy-invalid',
  ],
  [
    'an unknown policy voids the annotation true',
    { policy: '', annotation: 'true' },
    false,
    'policy-invalid',
  ],
  [
    'an unknown policy voids an always selector',
    { policy: 'Enabled', always: [has('mark')], labels: { mark: '' } },
    false,
    'policy-invalid',
  ],
  ['the label false stands on its own', { policy: 'wrong', label: 'false' }, false, 'label-false'],
  [
    'the host network beats the label true',
    { hostNetwork: true, label: 'true' },
    false,
    'host-network',
  ],
  [
    'an ignored namespace beats the label true',
    { namespace: 'kube-system', label: 'true' },
    false,
    'ignored-namespace',
  ],
  [
    "the pod's own namespace beats the request's",
    { namespace: 'shop', podNamespace: 'kube-public' },
    false,
    'ignored-namespace',
  ],
  [
    "a pod of its own namespace is free of the request's",
    { namespace: 'kube-system', podNamespace: 'shop' },
    true,
    'policy-enabled',
  ],
  [
    'an empty label hides the annotation',
    { policy: 'disabled', annotation: 'true', label: '' },
    false,
    'policy-disabled',
  ],
  [
    'an invalid label hides the annotation',
    { policy: 'disabled', annotation: 'true', label: 'maybe' },
    false,
    'policy-disabled',
  ],
  [
    'an invalid label leaves the decision to the selectors',
    { never: [has('mark')], label: 'maybe', labels: { mark: '' } },
    false,
    'never-inject-selector',
  ],
  ['True is not true', { policy: 'disabled', label: 'True' }, false, 'policy-disabled'],
  [
    'an empty selector matches nothing',
    { never: [{}, { matchLabels: {}, matchExpressions: [] }] },
    true,
    'policy-enabled',
  ],
  [
    'a selector that is not valid is passed over',
    {
      never: [{ matchExpressions: [{ key: 'a', operator: 'Near', values: ['b'] }] }, has('mark')],
      labels: { a: 'b', mark: '' },
    },
    false,
    'never-inject-selector',
  ],
];

describe('the decision', () => {
  it.each(table)('%s', (_, situation, inject, reason) => {
    const decision = ask(situation);
    expect(decision).toMatchObject({ inject, reason });
    expect(decision.steps.at(-1)?.reason).toBe(reason);
  });

  it('tells every rule it looked at, in order, and stops at the one that decided', () => {
    const decision = ask({ annotation: 'true', label: '', never: [has('mark')] });
    expect(decision.steps.map(({ rule, outcome, reason }) => [rule, outcome, reason])).toEqual([
      ['host network', 'no opinion', undefined],
      ['ignored namespace', 'no opinion', undefined],
      ['inject label', 'no opinion', 'label-unset'],
      ['inject annotation', 'no opinion', 'annotation-hidden-by-label'],
      ['never-inject selector', 'no opinion', 'selector-no-match'],
      ['always-inject selector', 'no opinion', 'selector-no-match'],
      ['policy', 'inject', 'policy-enabled'],
    ]);
    expect(ask({ label: 'false' }).steps.map((step) => step.rule)).toEqual([
      'host network',
      'ignored namespace',
      'inject label',
    ]);
  });

  it('goes from a wish for a sidecar straight to a policy that is none', () => {
    const { steps } = ask({ policy: 'wrong', label: 'true', never: [has('mark')] });
    expect(steps.map((step) => step.rule)).toEqual([
      'host network',
      'ignored namespace',
      'inject label',
      'policy',
    ]);
  });

  it('shows what it saw', () => {
    const { steps } = ask({
      never: [is('a', 'b'), { matchExpressions: [{ key: 'x', operator: 'In', values: [] }] }],
      label: 'yes',
    });
    expect(steps.map((step) => step.saw)).toEqual([
      { field: 'spec.hostNetwork', value: undefined },
      { field: 'metadata.namespace', value: 'test-namespace' },
      { field: 'metadata.labels["sidecar.istio.io/inject"]', value: 'yes' },
      { field: 'metadata.annotations["sidecar.istio.io/inject"]', value: undefined },
      {
        field: 'neverInjectSelector[1]',
        value: '{"matchExpressions":[{"key":"x","operator":"In","values":[]}]}',
      },
      { field: 'neverInjectSelector', value: undefined },
      { field: 'alwaysInjectSelector', value: undefined },
      { field: 'policy', value: 'enabled' },
    ]);
  });

  it('injects everything offline that does not object', () => {
    const offline = (situation: Situation) => decide(podOf(situation), '', offlinePolicy);
    expect(offline({}).reason).toBe('policy-enabled');
    expect(offline({ label: 'maybe' }).inject).toBe(true);
    expect(offline({ annotation: 'false' }).reason).toBe('annotation-false');
    expect(offline({ hostNetwork: true }).reason).toBe('host-network');
    expect(offline({ podNamespace: 'kube-system' }).reason).toBe('ignored-namespace');
  });

  it('never throws and always ends with the step that decided, whatever the pod', () => {
    const text = fc.oneof(fc.constantFrom('true', 'false', '', '__proto__'), fc.jsonValue());
    const keyed = fc.dictionary(
      fc.constantFrom('sidecar.istio.io/inject', 'a', '__proto__', 'constructor'),
      text,
    );
    const pods = fc.oneof(
      fc.jsonValue().filter((value) => typeof value === 'object' && value !== null),
      fc.record({
        metadata: fc.oneof(
          fc.jsonValue(),
          fc.record({ labels: keyed, annotations: keyed, namespace: text }),
        ),
        spec: fc.oneof(fc.jsonValue(), fc.record({ hostNetwork: fc.jsonValue() })),
      }),
    );
    const policy = fc.constantFrom('enabled', 'disabled', 'other', '');
    const selectors = fc.array(
      fc.constantFrom<LabelSelector>(has('a'), has('__proto__'), {}, is('constructor', ''), {
        matchExpressions: [{ key: '!', operator: 'Exists' }],
      }),
    );
    fc.assert(
      fc.property(pods, policy, selectors, selectors, (pod, policyText, never, always) => {
        const decision = decide(
          pod as JsonObject,
          'ns',
          compileDecisionPolicy({
            policy: policyText,
            neverInjectSelector: never,
            alwaysInjectSelector: always,
          }),
        );
        const last = decision.steps.at(-1);
        expect(last?.reason).toBe(decision.reason);
        expect(last?.outcome).toBe(decision.inject ? 'inject' : 'skip');
        for (const step of decision.steps) expect(describeReason(step)).not.toContain('undefined');
      }),
    );
  });
});

describe('the sentences about a decision', () => {
  it('name the field and what stood there', () => {
    const { steps } = ask({ label: 'False' });
    expect(steps.map(describeReason)).toEqual([
      'the pod has a network of its own (spec.hostNetwork is not set)',
      'the namespace is not one that is always left alone (metadata.namespace: "test-namespace")',
      `the pod's label is neither true nor false, so it counts for nothing (metadata.labels["sidecar.istio.io/inject"]: "False")`,
      `the pod's annotation says nothing (metadata.annotations["sidecar.istio.io/inject"] is not set)`,
      "no selector matches the pod's labels (neverInjectSelector)",
      "no selector matches the pod's labels (alwaysInjectSelector)",
      'pods are injected unless they object (policy: "enabled")',
    ]);
  });

  it('stand for a code alone, too', () => {
    expect(describeReason('host-network')).toBe(
      "the pod uses the host's network, which a sidecar cannot capture",
    );
  });
});
