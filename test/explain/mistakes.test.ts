import { describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import type { Mistake } from '../../src/explain/explanation.ts';
import type { JsonObject } from '../../src/json.ts';
import {
  codesOf,
  deployment,
  enabled,
  explain,
  injectedPod,
  livePod,
  namespace,
  now,
  pod,
  type World,
  webhooks,
} from './world.ts';

const inject = 'sidecar.istio.io/inject';
const rev = 'istio.io/rev';

/** The only mistake of a code. */
function mistake(code: string, ...args: Parameters<typeof explain>): Mistake {
  const found = explain(...args).mistakes.filter((one) => one.code === code);
  expect(found).toHaveLength(1);
  return found[0]!;
}

const { certificate } = await selfSignedCertificate(['injector.mesh.svc'], now);
const good = Buffer.from(certificate).toString('base64');
const service = { name: 'injector', namespace: 'mesh', port: 443 };
const healthy = { exists: true, ports: [443], readyEndpoints: 2 };

function calling(clientConfig: JsonObject, entry: JsonObject = {}): JsonObject[] {
  return [webhooks('default', { entry: { clientConfig, ...entry } })];
}

const sound: World = {
  configurations: calling({ service, caBundle: good }),
  services: { 'mesh/injector': healthy },
};

describe('where nothing is wrong', () => {
  test.each([
    ['a pod', pod()],
    ['a pod that exists', injectedPod()],
    ['a workload', deployment()],
    ['a pod that says so itself', pod({ labels: { [inject]: 'true' } })],
  ])('nothing is noticed: %s', (_what, object) => {
    expect(codesOf(explain(object, enabled, sound))).toEqual([]);
  });
});

describe('labels of the namespace', () => {
  test.each([
    ['istio-inject', 'enabled', 'istio-injection=enabled'],
    ['istio-injected', 'true', 'istio-injection=enabled'],
    ['Istio-Injection', 'enabled', 'istio-injection=enabled'],
    ['istio_injection', 'enabled', 'istio-injection=enabled'],
    ['istio-injecton', 'enabled', 'istio-injection=enabled'],
    ['itsio-injection', 'enabled', 'istio-injection=enabled'],
    ['istio.io/inject', 'false', 'istio-injection=disabled'],
    [inject, 'true', 'istio-injection=enabled'],
    ['istio.io/revision', 'canary', 'istio.io/rev=canary'],
    ['istio.io/rev.', 'canary', 'istio.io/rev=canary'],
  ])('%s is told to be a misspelling', (label, value, right) => {
    const found = mistake('namespace-label-misspelled', pod(), namespace({ [label]: value }));
    expect(found.field).toBe(`metadata.labels[${JSON.stringify(label)}]`);
    expect(found.remedies[0]?.command).toBe(`kubectl label namespace shop ${right} ${label}-`);
  });

  test.each([
    'istio.io/dataplane-mode',
    'istio.io/use-waypoint',
    'istio-discovery',
    'team',
    'istio-injection',
  ])('%s is not', (label) => {
    const codes = codesOf(explain(pod(), namespace({ [label]: 'enabled' })));
    expect(codes).not.toContain('namespace-label-misspelled');
  });

  test.each(['true', 'Enabled', 'yes', 'on', ''])(
    'istio-injection: %j turns injection off',
    (value) => {
      const found = mistake(
        'namespace-label-value',
        pod(),
        namespace({ 'istio-injection': value }),
      );
      expect(found.message).toContain(`is ${JSON.stringify(value)}`);
      expect(found.remedies[0]?.command).toContain('istio-injection=enabled --overwrite');
    },
  );

  test('disabled is no mistake', () => {
    expect(codesOf(explain(pod(), namespace({ 'istio-injection': 'disabled' })))).toEqual([]);
  });

  test.each([
    ['enabled', 'the default revision injects'],
    ['disabled', 'none of its pods are injected'],
  ])('istio-injection: %s hides a revision', (value, text) => {
    const around = namespace({ 'istio-injection': value, [rev]: 'canary' });
    expect(mistake('namespace-labels-both', pod(), around).message).toContain(text);
  });

  test('a namespace that is left alone is labelled in vain', () => {
    const around = namespace({ 'istio-injection': 'enabled' }, { name: 'kube-public' });
    const object = { ...pod(), metadata: { name: 'web-1' } };
    expect(mistake('ignored-namespace-labelled', object, around).object.name).toBe('kube-public');
  });

  test('ambient mode needs no sidecar', () => {
    const around = namespace({ 'istio.io/dataplane-mode': 'ambient' });
    expect(codesOf(explain(pod(), around))).toEqual(['ambient']);
  });
});

describe('revisions', () => {
  test('that nobody serves are told, with what there is', () => {
    const world = {
      configurations: [webhooks(), webhooks('canary'), webhooks('canary', { tag: 'prod' })],
    };
    const found = mistake('revision-not-served', pod(), namespace({ [rev]: 'canry' }), world);
    expect(found.message).toBe(
      'no webhook serves revision or tag "canry"; there are canary, default, prod; did you mean canary?',
    );
  });

  test('that pods ask for are told, too', () => {
    const found = mistake(
      'revision-not-served',
      deployment({ labels: { [rev]: 'gone' } }),
      namespace({}),
    );
    expect(found.field).toBe('spec.template.metadata.labels["istio.io/rev"]');
  });

  test('istio-injection is of no use where only another revision is installed', () => {
    const world = { configurations: [webhooks('canary')] };
    expect(mistake('revision-not-served', pod(), enabled, world).message).toContain(
      'there are canary',
    );
  });

  test('a tag is as good as a revision', () => {
    const entry = { clientConfig: { url: 'https://injector.example.com' } };
    const tag = webhooks('canary', { tag: 'prod', entry });
    const world = { configurations: [webhooks('canary', { entry }), tag] };
    const told = explain(pod(), namespace({ [rev]: 'prod' }), world);
    expect([told.outcome, told.revision, codesOf(told)]).toEqual(['injected', 'canary', []]);
  });

  test('of a pod do not count next to a label of the namespace', () => {
    const object = pod({ labels: { [rev]: 'default' } });
    expect(mistake('pod-revision-unread', object, enabled).message).toContain(
      'istio-injection=enabled',
    );
  });
});

describe('what the pod says', () => {
  test('as an annotation is not seen by selectors', () => {
    const object = deployment({ annotations: { [inject]: 'true' } });
    const found = mistake('annotation-unread', object, namespace({}));
    expect(found.field).toBe(`spec.template.metadata.annotations["${inject}"]`);
    expect(found.remedies[0]?.yaml?.line).toBe(`${inject}: "true"`);
  });

  test('is overruled by the namespace', () => {
    const object = pod({ labels: { [inject]: 'true' } });
    const around = namespace({ 'istio-injection': 'disabled' });
    expect(mistake('pod-wish-overruled', object, around).message).toContain(
      'istio-injection=disabled',
    );
  });

  test.each<[string, JsonObject]>([
    [
      'inject-label-hides-annotation',
      pod({ labels: { [inject]: 'true' }, annotations: { [inject]: 'false' } }),
    ],
    ['inject-label-invalid', pod({ labels: { [inject]: 'yes' } })],
    ['label-misspelled', pod({ labels: { 'istio-inject': 'true' } })],
    [
      'image-auto',
      pod({ labels: { [inject]: 'false' }, spec: { containers: [{ name: 'a', image: 'auto' }] } }),
    ],
  ])('%s is noticed in the words of the admission warning', (code, object) => {
    expect(codesOf(explain(object))).toContain(code);
  });

  test('is looked at where the webhook is not called, too', () => {
    const object = pod({ labels: { 'istio-inject': 'true' } });
    expect(mistake('label-misspelled', object, namespace({})).field).toBe(
      'metadata.labels["istio-inject"]',
    );
  });

  test("about the host's network", () => {
    const found = mistake('host-network', deployment({ spec: { hostNetwork: true } }));
    expect(found.field).toBe('spec.template.spec.hostNetwork');
  });

  test('names a template that is not there', () => {
    const object = pod({ annotations: { 'inject.istio.io/templates': 'sidecar,sidecr' } });
    const told = explain(object);
    expect(told.outcome).toBe('refused');
    expect(mistake('template-unknown', object).message).toBe(
      'there is no template "sidecr"; there are sidecar; did you mean sidecar?',
    );
  });

  test('would keep the sidecar out even with a webhook', () => {
    const found = mistake('further-obstacle', pod({ spec: { hostNetwork: true } }), namespace({}));
    expect(found.message).toContain('(host-network)');
    expect(found.remedies).not.toEqual([]);
  });
});

describe('labels on the workload', () => {
  test('count for nothing', () => {
    const found = mistake('label-on-workload', deployment({}, { [inject]: 'true' }), namespace({}));
    expect(found.field).toBe(`metadata.labels["${inject}"]`);
  });

  test('are told of the pod that it made, too', () => {
    const owner = deployment({}, { [inject]: 'true' });
    const found = mistake('label-on-workload', livePod(), namespace({}), {}, owner);
    expect(found.object).toEqual({ kind: 'Deployment', namespace: 'shop', name: 'web' });
  });
});

describe('a pod without its sidecar', () => {
  test('may be older than the label', () => {
    const around = namespace(
      { 'istio-injection': 'enabled' },
      { labelledAt: '2026-05-02T00:00:00Z' },
    );
    const found = mistake('pod-older-than-label', livePod(), around);
    expect(found.message).toBe(
      'the pod was made 2026-05-01T00:00:00Z, before its namespace got istio-injection ' +
        '(2026-05-02T00:00:00Z, by kubectl-label); sidecars come only when pods are made',
    );
  });

  test('may be older than the webhook', () => {
    const old = livePod({}, { creationTimestamp: '2025-01-01T00:00:00Z' });
    const around = namespace(
      { 'istio-injection': 'enabled' },
      { labelledAt: '2024-01-01T00:00:00Z' },
    );
    expect(codesOf(explain(old, around))).toContain('pod-older-than-webhook');
  });

  test('may have been made while the injector was away', () => {
    const world = { configurations: [webhooks('default', { entry: { failurePolicy: 'Ignore' } })] };
    expect(codesOf(explain(livePod(), enabled, world))).toContain('failure-policy-ignore');
  });

  test('or for a reason that nothing tells any more', () => {
    expect(codesOf(explain(livePod(), enabled, sound))).toEqual(['came-without-sidecar']);
  });

  test('is no mistake where none is wanted', () => {
    expect(codesOf(explain(livePod(), namespace({}), sound))).toEqual([]);
  });
});

describe('a sidecar', () => {
  const canary = { configurations: [webhooks('canary')] };

  test.each<[string, JsonObject, JsonObject, World]>([
    ['other-revision', injectedPod(), namespace({ [rev]: 'canary' }), canary],
    ['sidecar-outdated', injectedPod({}, 'proxy:1'), enabled, {}],
    ['sidecar-removed', injectedPod({ initContainers: ['istio-init'] }), enabled, {}],
    ['not-again', injectedPod(), namespace({}), {}],
    [
      'sidecar-without-status',
      livePod({ spec: { containers: [{ name: 'istio-proxy', image: 'proxy:2' }] } }),
      enabled,
      {},
    ],
  ])('that is not as it would be now: %s', (code, object, around, world) => {
    expect(codesOf(explain(object, around, world))).toContain(code);
  });
});

describe('a broken webhook', () => {
  const broken = (clientConfig: JsonObject, facts: object = {}, entry: JsonObject = {}) => ({
    configurations: calling(clientConfig, entry),
    services: { 'mesh/injector': { ...healthy, ...facts } },
  });

  test.each<[string, string, World]>([
    ['ca-bundle', 'is empty', broken({ service })],
    ['ca-bundle', 'valid now', broken({ service, caBundle: 'AAAA' })],
    [
      'ca-bundle-untrusted',
      'SELF_SIGNED',
      broken({ service, caBundle: good }, { distrust: 'SELF_SIGNED' }),
    ],
    ['service-missing', 'not there', broken({ service, caBundle: good }, { exists: false })],
    ['service-port', '443', broken({ service, caBundle: good }, { ports: [8443] })],
    [
      'service-without-endpoints',
      'no injector is ready',
      broken({ service, caBundle: good }, { readyEndpoints: 0 }),
    ],
  ])('%s: %s', (code, text, world) => {
    const found = mistake(code, pod(), enabled, world);
    expect(found.message).toContain(text);
    expect(found.message).toContain('with failurePolicy Fail, pods cannot be made');
  });

  test('expired certificates are no use', () => {
    const world = { ...sound, at: new Date('2126-01-01T00:00:00Z') };
    expect(mistake('ca-bundle', pod(), enabled, world).message).toContain('valid now');
  });

  test('with failurePolicy Ignore nobody is told', () => {
    const world = broken({ service }, {}, { failurePolicy: 'Ignore' });
    expect(mistake('ca-bundle', pod(), enabled, world).message).toContain('without a sidecar');
  });

  test('outside of the cluster needs no caBundle', () => {
    const world = { configurations: calling({ url: 'https://injector.example.com/inject' }) };
    expect(codesOf(explain(pod(), enabled, world))).toEqual([]);
  });
});

describe('several webhooks', () => {
  test('that match inject twice', () => {
    const world = { configurations: [webhooks(), webhooks('default', { name: 'theirs' })] };
    expect(mistake('several-webhooks', pod(), enabled, world).message).toContain(
      'injector-default, theirs',
    );
  });

  test('of others that come later change the injected pod', () => {
    const theirs: JsonObject = {
      ...webhooks('default', { name: 'z-theirs' }),
      webhooks: [
        {
          name: 'agents.example.com',
          rules: [{ operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['pods'] }],
        },
      ],
    };
    const never = { configurations: [webhooks(), theirs] };
    expect(codesOf(explain(pod(), enabled, never))).toContain('changed-after-injection');
    const ifNeeded = webhooks('default', { entry: { reinvocationPolicy: 'IfNeeded' } });
    const again = { configurations: [ifNeeded, theirs] };
    expect(codesOf(explain(pod(), enabled, again))).not.toContain('changed-after-injection');
  });

  test('with conditions may not be called after all', () => {
    const entry = { matchConditions: [{ name: 'not-mine', expression: 'true' }] };
    const world = { configurations: [webhooks('default', { entry })] };
    const told = explain(pod(), enabled, world);
    expect(codesOf(told)).toContain('match-conditions');
    expect(told.chain[0]?.message).toContain('provided that its matchConditions hold (not-mine)');
  });
});

describe('a workload', () => {
  test('whose pods are refused says so', () => {
    const condition = { type: 'ReplicaFailure', status: 'True', message: 'failed calling webhook' };
    const object = { ...deployment(), status: { conditions: [condition] } };
    expect(mistake('pods-refused', object).message).toContain('failed calling webhook');
  });
});
