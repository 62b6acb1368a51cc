import { describe, expect, test } from 'vitest';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/index.ts';
import type { NamespaceMeta } from '../../src/inject/types.ts';
import { defaultMeshConfig } from '../../src/mesh/index.ts';
import { withNamespaceGate } from '../../src/serving/namespace-gate.ts';
import type { NamespaceKnowledge } from '../../src/serving/namespace-knowledge.ts';
import { namesOfRevision, readRevisionTag } from '../../src/serving/revision-tags.ts';
import { summariseNamespaces } from '../../src/serving/summarise-namespaces.ts';
import { type Caller, callerOf, readCallers } from '../../src/serving/webhook-callers.ts';

type Labels = Record<string, string>;
const inject = 'sidecar.istio.io/inject';
const rev = 'istio.io/rev';

const labelled: Record<string, Labels> = {
  enabled: { 'istio-injection': 'enabled' },
  disabled: { 'istio-injection': 'disabled' },
  plain: {},
  canary: { [rev]: 'canary' },
  prod: { [rev]: 'prod' },
  'default-rev': { [rev]: 'default' },
  'kube-system': { 'istio-injection': 'enabled' },
};

function knowledge(
  tags: Labels | 'unknown' = 'unknown',
  callers?: readonly Caller[],
): NamespaceKnowledge {
  const namespaces = new Map<string, NamespaceMeta>(
    Object.entries(labelled).map(([name, labels]) => [
      name,
      {
        labels: { ...labels, 'kubernetes.io/metadata.name': name },
        annotations: { 'openshift.io/sa.scc.uid-range': '2000/10' },
      },
    ]),
  );
  const all = tags === 'unknown' ? undefined : new Map(Object.entries(tags));
  return {
    description: 'test',
    namespace: (name) => namespaces.get(name),
    names: () => namespaces.keys(),
    tags: () => all,
    callers: () => callers,
    readiness: () => [],
    stop: async () => {},
  };
}

function gate({
  revision = '',
  tags = {} as Labels | 'unknown',
  values = '{}',
  cluster = undefined as string | undefined,
  platform = '',
  callers = undefined as readonly Caller[] | undefined,
} = {}) {
  const template = 'spec: {containers: [{name: istio-proxy, image: "uid={{ .ProxyUID }}"}]}';
  const configuration = buildConfiguration({
    config: JSON.stringify({ policy: 'enabled', templates: { sidecar: template } }),
    values,
    mesh: defaultMeshConfig(),
    hash: '',
    functions: createTemplateFunctions({ env: new Map() }),
    revision,
    nativeSidecars: true,
    compliancePolicy: '',
    platform,
    trust: { environment: new Map() },
  });
  const injector = createInjector(configuration);
  const gated = withNamespaceGate(injector, {
    configuration,
    namespaces: knowledge(tags, callers),
    cluster,
  });
  return (
    namespace: string,
    labels: Labels = {},
    env?: ReadonlyMap<string, string>,
    ownNamespace = '',
  ) =>
    gated.inject({
      pod: { metadata: { labels, namespace: ownNamespace }, spec: {} },
      namespace,
      ...(env !== undefined && { env }),
    });
}

const reasonOf = (result: ReturnType<ReturnType<typeof gate>>) => [
  result.outcome,
  result.decision.reason,
];

describe('a server that knows namespaces', () => {
  test('injects where the labels ask for it, and its other rules still decide', () => {
    const ask = gate();
    const result = ask('enabled');
    expect(reasonOf(result)).toEqual(['injected', 'policy-enabled']);
    expect(result.decision.steps[0]).toEqual({
      rule: 'namespace and revision',
      outcome: 'inject',
      reason: 'namespace-enabled',
      saw: { field: 'namespace label "istio-injection"', value: 'enabled' },
    });
    expect(reasonOf(ask('plain', { [inject]: 'true' }))).toEqual(['injected', 'label-true']);
    expect(reasonOf(ask('kube-system'))).toEqual(['skipped', 'ignored-namespace']);
  });

  test.each<[string, Labels, string]>([
    ['plain', {}, 'namespace-not-labelled'],
    ['disabled', { [inject]: 'true' }, 'namespace-disabled'],
    ['canary', { [inject]: 'true' }, 'other-revision'],
    ['enabled', { [inject]: 'false' }, 'label-false'],
  ])('leaves a pod in %s with labels %j alone', (namespace, labels, reason) => {
    const result = gate()(namespace, labels);
    expect(reasonOf(result)).toEqual(['skipped', reason]);
    expect(result.decision.steps).toHaveLength(1);
  });

  test('lets a pod through whose namespace it does not know yet', () => {
    const result = gate()('brand-new');
    expect(reasonOf(result)).toEqual(['injected', 'policy-enabled']);
    expect(result.decision.steps[0]?.rule).toBe('host network');
  });

  test('looks at the namespace that the pod names, else at that of the request', () => {
    const ask = gate();
    expect(ask('plain').outcome).toBe('skipped');
    expect(ask('plain', {}, undefined, 'enabled').outcome).toBe('injected');
    expect(ask('enabled', {}, undefined, 'plain').outcome).toBe('skipped');
  });

  test('goes by revision and tags', () => {
    const canary = gate({ revision: 'canary', tags: { prod: 'canary', old: 'default' } });
    expect(canary('canary').outcome).toBe('injected');
    expect(canary('prod').outcome).toBe('injected');
    expect(canary('plain', { [rev]: 'prod' }).outcome).toBe('injected');
    expect(canary('plain', { [rev]: 'old' }).outcome).toBe('skipped');
    expect(canary('enabled').outcome).toBe('skipped');
  });

  test('is the default revision when the tag default points at it, and not any more when it points away', () => {
    const canary = gate({ revision: 'canary', tags: { default: 'canary' } });
    expect(canary('enabled').outcome).toBe('injected');
    expect(canary('plain', { [inject]: 'true' }).outcome).toBe('injected');
    const former = gate({ tags: { default: 'canary', prod: 'default' } });
    expect(former('enabled').outcome).toBe('skipped');
    expect(former('default-rev').outcome).toBe('skipped');
    expect(former('plain', { [inject]: 'true' }).outcome).toBe('skipped');
    expect(former('prod').outcome).toBe('injected');
  });

  test('lets revisions through that may be tags while tags cannot be known', () => {
    const ask = gate({ tags: 'unknown' });
    expect(ask('prod').outcome).toBe('injected');
    expect(ask('disabled').outcome).toBe('skipped');
    expect(ask('plain').outcome).toBe('skipped');
  });

  test('injects everywhere but in system namespaces when the values say so', () => {
    const ask = gate({ values: '{sidecarInjectorWebhook: {enableNamespacesByDefault: true}}' });
    expect(ask('plain').outcome).toBe('injected');
    expect(ask('disabled').outcome).toBe('skipped');
  });

  test('does not judge pods of another cluster by its own namespaces', () => {
    const env = (cluster: string) => new Map([['ISTIO_META_CLUSTER_ID', cluster]]);
    const ask = gate({ cluster: 'mine' });
    expect(ask('plain', {}, env('theirs')).outcome).toBe('injected');
    expect(ask('plain', {}, env('mine')).outcome).toBe('skipped');
    const byValues = gate({ values: '{global: {multiCluster: {clusterName: ours}}}' });
    expect(byValues('plain', {}, env('ours')).outcome).toBe('skipped');
    expect(gate()('plain', {}, env('Kubernetes')).outcome).toBe('skipped');
  });

  test("hands the namespace's annotations on, which OpenShift needs", () => {
    const text = (platform: string) => JSON.stringify(gate({ platform })('enabled'));
    expect(text('openshift')).toContain('uid=2009');
    expect(text('')).toContain('uid=1337');
  });
});

test('namespaces are sorted by what injection does in them', () => {
  const question = { revision: '', tags: ['prod'], enableNamespacesByDefault: false };
  expect(summariseNamespaces(knowledge(), question)).toEqual({
    injected: ['default-rev', 'enabled', 'prod'],
    onRequest: ['plain'],
    leftAlone: ['canary', 'disabled', 'kube-system'],
  });
  expect(summariseNamespaces(knowledge(), { ...question, revision: 'canary', tags: [] })).toEqual({
    injected: ['canary'],
    onRequest: ['plain'],
    leftAlone: ['default-rev', 'disabled', 'enabled', 'kube-system', 'prod'],
  });
});

test.each<[object, unknown]>([
  [
    { 'istio.io/tag': 'prod', [rev]: 'canary' },
    { tag: 'prod', revision: 'canary' },
  ],
  [{ 'istio.io/tag': 'prod' }, undefined],
  [{ 'istio.io/tag': '', [rev]: 'canary' }, undefined],
  [{ [rev]: 'canary' }, undefined],
])('a webhook configuration with labels %j is tag %j', (labels, tag) => {
  expect(readRevisionTag({ metadata: { labels: labels as Labels } })).toEqual(tag);
});

test('tags of a revision are those that point at it', () => {
  const all = new Map([
    ['default', 'default'],
    ['a', 'default'],
    ['b', 'other'],
  ]);
  expect(namesOfRevision(all, '')).toEqual({ tags: ['default', 'a'], defaultElsewhere: false });
  expect(namesOfRevision(all, 'other')).toEqual({ tags: ['b'], defaultElsewhere: true });
});

describe('webhooks that are known to call the server', () => {
  const selecting = (namespaceSelector: object, objectSelector: object = {}) =>
    JSON.parse(JSON.stringify({ namespaceSelector, objectSelector }));
  const enabledOnly = callerOf(
    selecting({
      matchExpressions: [{ key: 'istio-injection', operator: 'In', values: ['enabled'] }],
    }),
  );

  test('would not send a pod by the labels known here: the API server has seen others', () => {
    const ask = gate({ callers: [enabledOnly] });
    // Labelled a moment ago, or until a moment ago.
    expect(reasonOf(ask('plain'))).toEqual(['injected', 'policy-enabled']);
    expect(reasonOf(ask('canary'))).toEqual(['injected', 'policy-enabled']);
    expect(reasonOf(ask('kube-system'))).toEqual(['skipped', 'ignored-namespace']);
  });

  test('would send it, though nobody asked for a sidecar: their selectors are wrong', () => {
    const everything = callerOf(selecting({}));
    const ask = gate({ callers: [enabledOnly, everything] });
    expect(reasonOf(ask('plain'))).toEqual(['skipped', 'namespace-not-labelled']);
    expect(reasonOf(ask('canary'))).toEqual(['skipped', 'other-revision']);
  });

  test('are none: the labels known here count', () => {
    expect(reasonOf(gate({ callers: [] })('plain'))).toEqual(['skipped', 'namespace-not-labelled']);
  });

  test('have selectors that mean nothing to us, which says nothing', () => {
    const odd = callerOf(selecting({ matchExpressions: [{ key: 'a', operator: 'Near' }] }));
    expect(reasonOf(gate({ callers: [odd] })('plain'))[0]).toBe('skipped');
  });

  test('are those with our Service, or with a URL', () => {
    const entry = (clientConfig: object) => ({ name: 'x', clientConfig, objectSelector: { a: 1 } });
    const webhooks = [
      entry({ service: { name: 'ours', namespace: 'here' } }),
      entry({ service: { name: 'ours', namespace: 'there' } }),
      entry({ url: 'https://somewhere/inject' }),
      { name: 'broken' },
    ];
    const object = JSON.parse(JSON.stringify({ webhooks }));
    const found = readCallers(object, { name: 'ours', namespace: 'here' });
    expect(found).toEqual([
      { namespaceSelector: {}, objectSelector: { a: 1 } },
      { namespaceSelector: {}, objectSelector: { a: 1 } },
    ]);
    expect(readCallers({}, { name: 'ours', namespace: 'here' })).toEqual([]);
  });
});
