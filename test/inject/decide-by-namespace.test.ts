import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSelector } from '../../src/inject/decide/label-selector.ts';
import { decideByNamespace } from '../../src/inject/decide/namespace.ts';
import type { LabelSelector } from '../../src/inject/types.ts';

type Labels = Record<string, string>;
const inject = 'sidecar.istio.io/inject';
const rev = 'istio.io/rev';

function ask(
  namespaceLabels: Labels,
  podLabels: Labels,
  { revision = '', tags = [] as string[], auto = false } = {},
) {
  const step = decideByNamespace({
    namespaceLabels,
    podLabels,
    revision,
    tags,
    enableNamespacesByDefault: auto,
  });
  return [step.outcome, step.reason];
}

describe('the gate in front of the webhook', () => {
  it.each<[string, ReturnType<typeof ask>, string, string]>([
    [
      'an enabled namespace',
      ask({ 'istio-injection': 'enabled' }, {}),
      'inject',
      'namespace-enabled',
    ],
    [
      'an enabled namespace, pod opted out',
      ask({ 'istio-injection': 'enabled' }, { [inject]: 'false' }),
      'skip',
      'label-false',
    ],
    [
      'an enabled namespace, pod of another revision: its label is not looked at',
      ask({ 'istio-injection': 'enabled' }, { [rev]: 'canary' }),
      'inject',
      'namespace-enabled',
    ],
    [
      'an enabled namespace belongs to the default revision',
      ask({ 'istio-injection': 'enabled' }, {}, { revision: 'canary' }),
      'skip',
      'other-revision',
    ],
    [
      'a disabled namespace, whatever the pod says',
      ask({ 'istio-injection': 'disabled', [rev]: 'default' }, { [inject]: 'true' }),
      'skip',
      'namespace-disabled',
    ],
    [
      'any other text means disabled',
      ask({ 'istio-injection': 'true' }, {}),
      'skip',
      'namespace-disabled',
    ],
    [
      'the injection label beats the revision label',
      ask({ 'istio-injection': 'enabled', [rev]: 'canary' }, {}, { revision: 'canary' }),
      'skip',
      'other-revision',
    ],
    [
      "a namespace of this injector's revision",
      ask({ [rev]: 'canary' }, { [rev]: 'other' }, { revision: 'canary' }),
      'inject',
      'revision-matches',
    ],
    [
      'a namespace of a revision that a tag stands for',
      ask({ [rev]: 'prod' }, {}, { revision: 'canary', tags: ['prod'] }),
      'inject',
      'revision-matches',
    ],
    [
      'a namespace of another revision, pod asking by label',
      ask({ [rev]: 'canary' }, { [inject]: 'true', [rev]: 'default' }),
      'skip',
      'other-revision',
    ],
    [
      'an unlabelled namespace, pod naming the revision',
      ask({}, { [rev]: 'canary' }, { revision: 'canary' }),
      'inject',
      'revision-matches',
    ],
    [
      'an unlabelled namespace, pod naming the revision and opting out',
      ask({}, { [rev]: 'canary', [inject]: 'false' }, { revision: 'canary' }),
      'skip',
      'label-false',
    ],
    ['an unlabelled namespace, pod asking', ask({}, { [inject]: 'true' }), 'inject', 'label-true'],
    [
      'the same for a named revision',
      ask({}, { [inject]: 'true' }, { revision: 'canary' }),
      'skip',
      'namespace-not-labelled',
    ],
    [
      'a tag called default makes the default revision',
      ask({}, { [inject]: 'true' }, { revision: 'canary', tags: ['default'] }),
      'inject',
      'label-true',
    ],
    ['an unlabelled namespace, pod silent', ask({}, {}), 'skip', 'namespace-not-labelled'],
    [
      'an unlabelled namespace by default',
      ask({ 'kubernetes.io/metadata.name': 'shop' }, {}, { auto: true }),
      'inject',
      'namespace-enabled',
    ],
    [
      'an unlabelled namespace by default, pod with an invalid label',
      ask({}, { [inject]: 'yes' }, { auto: true }),
      'skip',
      'label-invalid',
    ],
    [
      'a system namespace by default',
      ask({ 'kubernetes.io/metadata.name': 'kube-system' }, {}, { auto: true }),
      'skip',
      'ignored-namespace',
    ],
    [
      'a system namespace, pod asking: only the webhook itself refuses',
      ask({ 'kubernetes.io/metadata.name': 'kube-system' }, { [inject]: 'true' }, { auto: true }),
      'inject',
      'label-true',
    ],
  ])('%s', (_, answer, outcome, reason) => {
    expect(answer).toEqual([outcome, reason]);
  });

  it('shows the label that decided', () => {
    const step = decideByNamespace({
      namespaceLabels: { 'istio-injection': 'off' },
      podLabels: {},
      revision: '',
      tags: [],
      enableNamespacesByDefault: false,
    });
    expect(step).toEqual({
      rule: 'namespace and revision',
      outcome: 'skip',
      reason: 'namespace-disabled',
      saw: { field: 'namespace label "istio-injection"', value: 'off' },
    });
  });

  it('answers what the selectors of the webhook entries answer', () => {
    const value = fc.constantFrom('default', 'canary', 'prod', 'enabled', 'disabled', '', 'true');
    const namespaceLabels = fc.dictionary(fc.constantFrom('istio-injection', rev, 'other'), value);
    const podLabels = fc.record(
      { [inject]: fc.constantFrom('true', 'false', '', 'yes'), [rev]: value },
      { requiredKeys: [] },
    );
    const question = fc.record({
      namespaceLabels: fc
        .tuple(namespaceLabels, fc.constantFrom('shop', 'kube-system', 'local-path-storage'))
        .map(([labels, name]) => ({ ...labels, 'kubernetes.io/metadata.name': name })),
      podLabels: podLabels as fc.Arbitrary<Labels>,
      revision: fc.constantFrom('', 'default', 'canary'),
      tags: fc.subarray(['default', 'prod']),
      enableNamespacesByDefault: fc.boolean(),
    });
    fc.assert(
      fc.property(question, (asked) => {
        const called = [asked.revision || 'default', ...asked.tags].some((served) =>
          entriesOf(served, asked.enableNamespacesByDefault).some(
            ([namespaceSelector, objectSelector]) =>
              selects(namespaceSelector, asked.namespaceLabels) &&
              selects(objectSelector, asked.podLabels),
          ),
        );
        expect(decideByNamespace(asked).outcome).toBe(called ? 'inject' : 'skip');
      }),
      { numRuns: 2000 },
    );
  });
});

function selects(selector: LabelSelector, labels: Labels): boolean {
  const compiled = compileSelector(selector);
  return compiled.kind === 'usable' && compiled.matches(labels);
}

/** Namespace and object selectors of the entries that an installation registers for a revision. */
function entriesOf(revision: string, auto: boolean): [LabelSelector, LabelSelector][] {
  const all = (...matchExpressions: NonNullable<LabelSelector['matchExpressions']>) => ({
    matchExpressions,
  });
  const absent = (key: string) => ({ key, operator: 'DoesNotExist' });
  const among = (key: string, value: string) => ({ key, operator: 'In', values: [value] });
  const notFalse = { key: inject, operator: 'NotIn', values: ['false'] };
  const entries: [LabelSelector, LabelSelector][] = [
    [all(among(rev, revision), absent('istio-injection')), all(notFalse)],
    [all(absent(rev), absent('istio-injection')), all(notFalse, among(rev, revision))],
  ];
  if (revision !== 'default') return entries;
  entries.push(
    [all(among('istio-injection', 'enabled')), all(notFalse)],
    [all(absent('istio-injection'), absent(rev)), all(among(inject, 'true'), absent(rev))],
  );
  if (auto) {
    const system = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];
    const elsewhere = { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: system };
    entries.push([
      all(absent('istio-injection'), absent(rev), elsewhere),
      all(absent(inject), absent(rev)),
    ]);
  }
  return entries;
}
