import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchedEntries } from '../../src/explain/webhooks/match-entries.ts';
import { standardWebhooks } from '../../src/explain/webhooks/standard-webhooks.ts';
import { decideByNamespace } from '../../src/inject/decide/namespace.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { table, tableNamespaces } from '../e2e/decision-table.ts';
import {
  deployment,
  enabled,
  explain,
  injectedPod,
  livePod,
  namespace,
  pod,
  type World,
  webhooks,
} from './world.ts';

const inject = 'sidecar.istio.io/inject';
const rev = 'istio.io/rev';
const both = [webhooks(), webhooks('canary')];

describe('the chain of reasons', () => {
  test('names every rule in the order in which it is looked at', () => {
    const { chain, outcome, reason } = explain(pod());
    expect([outcome, reason]).toEqual(['injected', 'namespace-enabled']);
    expect(chain.map(({ check, outcome: step }) => [check, step])).toEqual([
      ['webhook', 'inject'],
      ['webhook', 'inject'],
      ['host-network', 'no opinion'],
      ['ignored-namespace', 'no opinion'],
      ['inject-label', 'no opinion'],
      ['inject-annotation', 'no opinion'],
      ['never-inject-selector', 'no opinion'],
      ['always-inject-selector', 'no opinion'],
      ['policy', 'inject'],
      ['injection', 'inject'],
    ]);
  });

  test('ends at the webhook when none is called', () => {
    const { chain, outcome } = explain(pod(), namespace({}));
    expect(outcome).toBe('not-injected');
    expect(chain.map(({ check }) => check)).toEqual(['webhook', 'webhook']);
    expect(chain.at(-1)).toMatchObject({
      outcome: 'skip',
      reason: 'namespace-not-labelled',
      object: { kind: 'Namespace', name: 'shop' },
      field: 'metadata.labels["istio-injection"]',
      value: null,
    });
  });

  test('says of each webhook configuration what it wanted', () => {
    const { chain } = explain(pod(), namespace({ [rev]: 'canary' }), { configurations: both });
    expect(chain[1]?.message).toBe(
      'MutatingWebhookConfiguration injector-default (revision default) is not called: ' +
        'it wants namespace label istio.io/rev in (default) (is "canary"), ' +
        'or namespace label istio-injection in (enabled) (not set)',
    );
    expect(chain[0]?.message).toContain('injector-canary (revision canary) is called');
  });

  test.each<[string, string, JsonObject | null, JsonObject, World]>([
    ['namespace-enabled', 'injected', enabled, pod(), {}],
    [
      'revision-matches',
      'injected',
      namespace({ [rev]: 'canary' }),
      pod(),
      { configurations: both },
    ],
    ['revision-matches', 'injected', namespace({}), pod({ labels: { [rev]: 'default' } }), {}],
    ['label-true', 'injected', namespace({}), pod({ labels: { [inject]: 'true' } }), {}],
    ['namespace-unknown', 'injected', null, pod(), {}],
    ['namespace-not-labelled', 'not-injected', namespace({}), pod(), {}],
    ['namespace-disabled', 'not-injected', namespace({ 'istio-injection': 'disabled' }), pod(), {}],
    ['namespace-disabled', 'not-injected', namespace({ 'istio-injection': 'true' }), pod(), {}],
    ['revision-not-served', 'not-injected', namespace({ [rev]: 'gone' }), pod(), {}],
    ['revision-not-served', 'not-injected', namespace({}), pod({ labels: { [rev]: 'gone' } }), {}],
    [
      'revision-not-served',
      'not-injected',
      enabled,
      pod(),
      { configurations: [webhooks('canary')] },
    ],
    ['label-false', 'not-injected', enabled, pod({ labels: { [inject]: 'false' } }), {}],
    ['label-false', 'not-injected', null, pod({ labels: { [inject]: 'false' } }), {}],
    ['annotation-false', 'not-injected', enabled, pod({ annotations: { [inject]: 'false' } }), {}],
    ['host-network', 'not-injected', enabled, pod({ spec: { hostNetwork: true } }), {}],
    [
      'ignored-namespace',
      'not-injected',
      namespace({ 'istio-injection': 'enabled' }, { name: 'kube-system' }),
      { ...pod(), metadata: { name: 'web-1' } },
      {},
    ],
    ['no-webhook', 'not-injected', enabled, pod(), { configurations: [] }],
    [
      'no-webhook-matches',
      'not-injected',
      enabled,
      pod(),
      { configurations: [webhooks('default', { entry: { rules: [] } })] },
    ],
    [
      'never-inject-selector',
      'not-injected',
      enabled,
      pod({ labels: { legacy: 'yes' } }),
      { config: { neverInjectSelector: [{ matchLabels: { legacy: 'yes' } }] } },
    ],
    ['policy-disabled', 'not-injected', enabled, pod(), { config: { policy: 'disabled' } }],
    ['policy-invalid', 'not-injected', enabled, pod(), { config: { policy: 'on' } }],
    [
      'refused',
      'refused',
      enabled,
      pod({ annotations: { 'traffic.sidecar.istio.io/excludeOutboundPorts': 'x' } }),
      {},
    ],
  ])('%s: %s', (reason, outcome, around, object, world) => {
    const explanation = explain(object, around, world);
    expect([explanation.reason, explanation.outcome]).toEqual([reason, outcome]);
    const decisive = explanation.chain.findLast((step) => step.reason === reason);
    expect(decisive?.message).toBeTruthy();
    expect(decisive?.remedies).not.toEqual([]);
    expect(explanation.summary).toContain(decisive?.message);
  });

  test('places fields of a pod template in its workload', () => {
    const { chain } = explain(deployment({ labels: { [inject]: 'false' } }));
    expect(chain.at(-1)).toMatchObject({
      reason: 'label-false',
      object: { kind: 'Deployment', namespace: 'shop', name: 'web' },
      field: 'spec.template.metadata.labels["sidecar.istio.io/inject"]',
      value: 'false',
    });
  });

  test('says in which field a pod is refused', () => {
    const name = 'traffic.sidecar.istio.io/excludeOutboundPorts';
    const { chain } = explain(deployment({ annotations: { [name]: 'x' } }));
    expect(chain.at(-1)).toMatchObject({
      reason: 'refused',
      field: `spec.template.metadata.annotations["${name}"]`,
      value: 'x',
    });
  });

  test('takes the metadata of the pod template of a CronJob, as the pods do', () => {
    const { spec } = deployment({ labels: { [inject]: 'false' } });
    const job = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly', namespace: 'shop' },
      spec: { jobTemplate: { spec } },
    } as unknown as JsonObject;
    expect(explain(job).chain.at(-1)?.field).toBe(
      'spec.jobTemplate.spec.template.metadata.labels["sidecar.istio.io/inject"]',
    );
  });

  test('tells what pods of which revision start with', () => {
    const told = explain(pod({ spec: { initContainers: [{ name: 'migrate', image: 'm' }] } }));
    expect(told.revision).toBe('default');
    expect(told.templates).toEqual(['sidecar']);
    expect(told.containers).toEqual([
      { name: 'migrate', kind: 'init' },
      { name: 'web', kind: 'container' },
      { name: 'istio-proxy', kind: 'container' },
    ]);
  });
});

const sidecar = { containers: [{ name: 'istio-proxy', image: 'proxy:2' }] };

describe('the summary', () => {
  test.each<[string, JsonObject, JsonObject | null]>([
    ['Pod shop/web-1 would be injected: ', pod(), enabled],
    ['Pod shop/web-1 would be injected, if the namespace allows it: ', pod(), null],
    ['pods of Deployment shop/web would be left without a sidecar: ', deployment(), namespace({})],
    ['Pod shop/web-1 was injected: ', injectedPod(), enabled],
    [
      'Pod shop/web-1 was injected, but would be left without a sidecar now: ',
      injectedPod(),
      namespace({}),
    ],
    ['Pod shop/web-1 was not injected: ', livePod(), namespace({})],
    ['Pod shop/web-1 was not injected, but would be injected now: ', livePod(), enabled],
    [
      'Pod shop/web-1 was not injected, and would be refused now: ',
      livePod({ annotations: { 'traffic.sidecar.istio.io/excludeOutboundPorts': 'x' } }),
      enabled,
    ],
  ])('%s', (beginning, object, around) => {
    expect(explain(object, around).summary.startsWith(beginning)).toBe(true);
  });

  test('knows a template that kube-inject has put the sidecar into', () => {
    const { annotations, spec } = {
      annotations: { 'sidecar.istio.io/status': '{}' },
      spec: sidecar,
    };
    const told = explain(deployment({ annotations, spec }), namespace({}));
    expect(told).toMatchObject({ exists: false, outcome: 'injected', now: 'not-injected' });
    expect(told.summary).toContain('bring their sidecar along, which stays as it is: ');
    expect(told.chain.at(-1)).toMatchObject({
      check: 'sidecar',
      field: 'spec.template.metadata.annotations["sidecar.istio.io/status"]',
    });
    expect(explain(deployment({ annotations, spec })).summary).toContain('is put in anew: ');
  });

  test('takes a container istio-proxy in a template for what it is, a wish', () => {
    const spec = { containers: [{ name: 'istio-proxy', image: 'auto' }] };
    expect(explain(deployment({ spec }), namespace({})).outcome).toBe('not-injected');
  });

  test('tells a pod that exists from one that does not', () => {
    expect(explain(injectedPod(), namespace({}))).toMatchObject({
      exists: true,
      outcome: 'injected',
      now: 'not-injected',
    });
    expect(explain(pod())).toMatchObject({ exists: false, outcome: 'injected', now: 'injected' });
  });
});

describe('the remedies', () => {
  const first = (object: JsonObject, around?: JsonObject, world?: World) =>
    explain(object, around, world).chain.flatMap(({ remedies }) => remedies);

  test('label the namespace so that somebody who is there injects it', () => {
    expect(first(pod(), namespace({}))[0]?.command).toBe(
      'kubectl label namespace shop istio-injection=enabled --overwrite',
    );
    const canary = { configurations: [webhooks('canary')] };
    expect(first(pod(), namespace({}), canary)[0]?.command).toBe(
      'kubectl label namespace shop istio.io/rev=canary --overwrite',
    );
    const disabled = namespace({ 'istio-injection': 'disabled' });
    expect(first(pod(), disabled, canary)[0]?.command).toBe(
      'kubectl label namespace shop istio.io/rev=canary istio-injection- --overwrite',
    );
  });

  test('change the workload, not its pods', () => {
    const ofDeployment = livePod(
      { labels: { [inject]: 'false', 'pod-template-hash': 'abc' } },
      {
        generateName: 'web-abc-',
        ownerReferences: [
          { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-abc', controller: true },
        ],
      },
    );
    expect(first(ofDeployment)[0]).toMatchObject({
      command: `kubectl patch deployment/web -n shop --type merge -p '{"spec":{"template":{"metadata":{"labels":{"${inject}":"true"}}}}}'`,
      yaml: { path: 'spec.template.metadata.labels', line: `${inject}: "true"` },
    });
  });

  test('do not change what cannot be changed', () => {
    const job = {
      ...deployment({ labels: { [inject]: 'false' } }),
      apiVersion: 'batch/v1',
      kind: 'Job',
    };
    expect(first(job)[0]?.command).toBeUndefined();
    expect(first(job)[0]?.yaml?.path).toBe('spec.template.metadata.labels');
  });

  test('offer a tag where a revision is asked for that nobody serves', () => {
    const commands = first(pod(), namespace({ [rev]: 'prod' })).map(({ command }) => command);
    expect(commands).toContain('outrigger tag set prod --revision default');
  });

  test('say how to keep the sidecar out', () => {
    expect(first(deployment())[0]?.yaml).toEqual({
      path: 'spec.template.metadata.labels',
      line: `${inject}: "false"`,
    });
  });
});

describe('the table of labels that is tried in a cluster', () => {
  test.each(table)(
    '$namespace, $pod: injected $injected',
    ({ namespace: name, pod: own, injected }) => {
      const labels = {
        ...(own.inject !== undefined && { [inject]: own.inject }),
        ...(own.rev !== undefined && { [rev]: own.rev }),
      };
      const told = explain(pod({ labels }), namespace(tableNamespaces[name] ?? {}));
      expect(told.outcome).toBe(injected ? 'injected' : 'not-injected');
    },
  );
});

describe('whatever comes in', () => {
  test('there is an answer', () => {
    const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
    const keys = fc.constantFrom('labels', 'annotations', 'containers', '__proto__', 'name', 'uid');
    const member = fc.dictionary(keys, json) as fc.Arbitrary<JsonObject>;
    const object = fc.record({ metadata: fc.oneof(member, json), spec: fc.oneof(member, json) });
    const entry = fc.record({
      name: fc.constant('x.sidecar-injector.istio.io'),
      namespaceSelector: fc.oneof(json, fc.record({ matchExpressions: json, matchLabels: json })),
      rules: json,
      clientConfig: json,
    }) as fc.Arbitrary<JsonValue>;
    fc.assert(
      fc.property(object, fc.oneof(member, json), entry, (made, metadata, webhook) => {
        const pod = { apiVersion: 'v1', kind: 'Pod', ...made };
        const around = { metadata } as JsonObject;
        const theirs = { metadata: { name: 'theirs' }, webhooks: [webhook] };
        const world = { configurations: [webhooks(), theirs] };
        const { summary } = explain(pod, around, world);
        expect(summary).toContain('Pod');
      }),
      { numRuns: 300 },
    );
  });
});

describe('webhooks that are assumed', () => {
  const label = (...values: (string | undefined)[]) => fc.constantFrom(...values);
  const labelsOf = (all: { readonly [name: string]: string | undefined }) =>
    Object.fromEntries(
      Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );

  test('match what the gate of the server lets through, whatever the labels', () => {
    const cases = fc.record({
      injection: label(undefined, 'enabled', 'disabled', 'true'),
      ofNamespace: label(undefined, 'default', 'canary', 'prod'),
      wish: label(undefined, 'true', 'false', 'yes'),
      ofPod: label(undefined, 'default', 'canary', 'prod'),
      name: label('shop', 'kube-system'),
      revision: fc.constantFrom('', 'canary'),
      auto: fc.boolean(),
    });
    fc.assert(
      fc.property(cases, ({ injection, ofNamespace, wish, ofPod, name, revision, auto }) => {
        const namespaceLabels = labelsOf({
          'kubernetes.io/metadata.name': name,
          'istio-injection': injection,
          [rev]: ofNamespace,
        });
        const podLabels = labelsOf({ [inject]: wish, [rev]: ofPod });
        const own = revision || 'default';
        const entries = standardWebhooks(revision, new Map([['prod', own]]), auto);
        const step = decideByNamespace({
          namespaceLabels,
          podLabels,
          revision,
          tags: ['prod'],
          enableNamespacesByDefault: auto && own === 'default',
        });
        expect(matchedEntries(entries, namespaceLabels, podLabels).length > 0).toBe(
          step.outcome === 'inject',
        );
      }),
      { numRuns: 500 },
    );
  });
});
