import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { InjectRequest } from '../../src/inject/types.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { applyMeshConfig } from '../../src/mesh/index.ts';
import { withNamespaceGate } from '../../src/serving/namespace-gate.ts';
import { AnswerCache } from '../../src/webhook/answers/answer-cache.ts';
import type { KeptAnswer } from '../../src/webhook/answers/kept-answer.ts';
import { questionOf } from '../../src/webhook/answers/question.ts';
import { cutReview } from '../../src/webhook/answers/review-text.ts';
import { createEndpoint, type EndpointReply } from '../../src/webhook/endpoint.ts';
import type { PodInjector } from '../../src/webhook/review/review-pod.ts';

const embedded = embeddedConfiguration();

function injectorFor({
  templates,
  nativeSidecars = true,
}: {
  templates?: { [name: string]: string };
  nativeSidecars?: boolean | ((node: string | undefined) => boolean);
} = {}) {
  const environment = new Map<string, string>();
  const configuration = buildConfiguration({
    config:
      templates === undefined
        ? embedded.config
        : JSON.stringify({ policy: 'enabled', defaultTemplates: ['t'], templates }),
    values: embedded.values,
    mesh: applyMeshConfig(embedded.mesh),
    hash: '',
    functions: createTemplateFunctions({ env: environment }),
    revision: '',
    nativeSidecars,
    compliancePolicy: '',
    platform: '',
    trust: { environment },
  });
  return { configuration, injector: createInjector(configuration) };
}

/** What replicas of one workload differ by. */
interface Replica {
  readonly token?: string;
  readonly time?: string;
  readonly uid?: string;
  readonly namespace?: string;
}

/** A pod the way an API server sends it. */
function podOf(
  more: { metadata?: JsonObject; container?: JsonObject } = {},
  replica: Replica = {},
) {
  const { token = 'abcde', time = '2026-01-02T03:04:05Z' } = replica;
  const name = `kube-api-access-${token}`;
  const mount = { name, readOnly: true, mountPath: '/var/run/secrets' };
  return {
    kind: 'Pod',
    metadata: {
      generateName: 'web-5d4f-',
      labels: { app: 'web', 'pod-template-hash': '5d4f' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', uid: '1', controller: true },
      ],
      ...more.metadata,
      managedFields: [{ manager: 'kube-controller-manager', time, fieldsV1: { 'f:spec': {} } }],
    },
    spec: {
      volumes: [{ name, projected: { sources: [] } }],
      containers: [{ name: 'web', image: 'web:1', volumeMounts: [mount], ...more.container }],
    },
    status: {},
  };
}

function bodyOf(object: JsonValue, { uid = 'u', namespace = 'shop' }: Replica = {}): string {
  return JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: { uid, namespace, operation: 'CREATE', object, oldObject: null, dryRun: false },
  });
}

/** Endpoints with a cache and without one, for the same injector. */
function endpoints(current: () => PodInjector) {
  const cache = new AnswerCache(1_000_000);
  const ask = (endpoint: ReturnType<typeof createEndpoint>, body: string, path = '/inject') =>
    endpoint({ path, contentType: 'application/json', body, deadline: undefined });
  const remembering = createEndpoint(current, cache);
  const forgetful = createEndpoint(current);
  return {
    cache,
    ask: (body: string, path?: string) => ask(remembering, body, path),
    expectSame(body: string, path?: string): EndpointReply {
      const { ascii: _, ...answer } = ask(remembering, body, path);
      expect(answer).toEqual(ask(forgetful, body, path));
      return answer;
    },
  };
}

function patchOf({ text }: EndpointReply): string {
  const { response } = JSON.parse(text) as { response: { patch: string } };
  return Buffer.from(response.patch, 'base64').toString('utf8');
}

describe('answers that are given again', () => {
  test('replicas share one whatever their uid, token volume and managed fields', () => {
    const { injector } = injectorFor();
    const { cache, expectSame } = endpoints(() => injector);
    const replicas: Replica[] = [
      {},
      { uid: 'v', token: 'zzzz9' },
      { token: '22222', time: '2027-05-06T07:08:09Z' },
      { token: '33333', time: '2027-05-06T07:08:09Z' },
    ];
    for (const replica of replicas) expectSame(bodyOf(podOf({}, replica), replica));
    expect(cache.status()).toMatchObject({ hits: 2, misses: 2, answers: 1 });
  });

  test('a token volume that the patch repeats is the one of the pod at hand', () => {
    const { injector } = injectorFor();
    const { cache, expectSame } = endpoints(() => injector);
    const own = { container: { name: 'istio-proxy', image: 'auto' } };
    for (const token of ['fghij', 'abcde', 'vwxyz']) {
      const patch = patchOf(expectSame(bodyOf(podOf(own, { token }))));
      expect(patch.match(/kube-api-access-\w+/g)).toContain(`kube-api-access-${token}`);
    }
    expect(cache.status()).toMatchObject({ hits: 1 });
  });

  test.each([
    ['namespace', bodyOf(podOf(), { namespace: 'other' }), '/inject'],
    ['path', bodyOf(podOf()), '/inject/net/n1'],
    ['pod', bodyOf(podOf({ container: { image: 'web:2' } })), '/inject'],
    ['annotation', bodyOf(podOf({ metadata: { annotations: { a: 'b' } } })), '/inject'],
  ])('another %s has its own', (_, body, path) => {
    const { injector } = injectorFor();
    const { cache, ask, expectSame } = endpoints(() => injector);
    for (let count = 0; count < 2; count++) {
      ask(bodyOf(podOf()));
      expectSame(body, path);
    }
    expect(cache.status()).toMatchObject({ hits: 0, answers: 2 });
  });

  test('a name that only looks like the one of a token volume keeps pods apart', () => {
    const { injector } = injectorFor();
    const { cache, expectSame } = endpoints(() => injector);
    for (const token of ['abcde', 'fghij', 'abcde', 'fghij']) {
      const annotations = { 'example.com/volume': `kube-api-access-${token}` };
      expectSame(bodyOf(podOf({ metadata: { annotations } }, { token })));
    }
    expect(cache.status()).toMatchObject({ hits: 0, answers: 0 });
  });

  test.each([
    ['names volumes', '{{ range .Spec.Volumes }}{{ if contains "a" .Name }}a{{ end }}{{ end }}'],
    [
      'prints mounts',
      '{{ range .Spec.Containers }}{{ toJson .VolumeMounts | sha256sum }}{{ end }}',
    ],
    ['prints the spec', '{{ toJson .Spec | sha256sum }}'],
  ])('a template that %s gets every token volume to see', (_, text) => {
    const { injector } = injectorFor({ templates: { t: `metadata: {labels: {x: "${text}"}}` } });
    const { cache, expectSame } = endpoints(() => injector);
    for (const token of ['abcde', 'fghij', 'abcde', 'fghij'])
      expectSame(bodyOf(podOf({}, { token })));
    expect(cache.status()).toMatchObject({ hits: 0, answers: 0 });
  });

  test('a template that makes a token volume of its own keeps pods apart', () => {
    const t = 'spec: {volumes: [{name: kube-api-access-fghij, emptyDir: {}}]}';
    const { injector } = injectorFor({ templates: { t } });
    const { cache, expectSame } = endpoints(() => injector);
    for (const token of ['abcde', 'fghij', 'abcde', 'fghij'])
      expectSame(bodyOf(podOf({}, { token })));
    expect(cache.status()).toMatchObject({ hits: 0, answers: 0 });
  });

  test.each(['{{ now | unixEpoch }}', '{{ randAlphaNum 9 }}', '{{ print (list uuidv4) }}'])(
    'a template with %s is run for every pod',
    (text) => {
      const { injector } = injectorFor({ templates: { t: `metadata: {labels: {x: "${text}"}}` } });
      const { cache, ask } = endpoints(() => injector);
      for (let count = 0; count < 3; count++) ask(bodyOf(podOf()));
      expect(cache.status()).toMatchObject({ hits: 0, answers: 0 });
    },
  );

  test('a reload forgets all of them', () => {
    let { injector } = injectorFor();
    const { cache, expectSame } = endpoints(() => injector);
    for (let count = 0; count < 3; count++) expectSame(bodyOf(podOf()));
    ({ injector } = injectorFor({ nativeSidecars: false }));
    const patch = patchOf(expectSame(bodyOf(podOf())));
    expect(patch).toContain('"path":"/spec/containers/1"');
    expect(cache.status()).toMatchObject({ hits: 1, answers: 1 });
  });

  test('nodes that become too old count at once', () => {
    let native = true;
    const { injector } = injectorFor({ nativeSidecars: () => native });
    const { cache, expectSame } = endpoints(() => injector);
    expectSame(bodyOf(podOf()));
    const before = expectSame(bodyOf(podOf()));
    native = false;
    expect(expectSame(bodyOf(podOf()))).not.toEqual(before);
    expectSame(bodyOf(podOf()));
    expect(cache.status()).toMatchObject({ hits: 1, misses: 3, answers: 1 });
  });

  test('a namespace that turns injection off counts at once', () => {
    const made = injectorFor();
    const labels: { [name: string]: string } = { 'istio-injection': 'enabled' };
    let meta = { labels };
    const injector = withNamespaceGate(made.injector, {
      configuration: made.configuration,
      cluster: undefined,
      namespaces: {
        description: '',
        namespace: () => meta,
        names: () => [],
        tags: () => undefined,
        readiness: () => [],
        stop: async () => {},
      },
    });
    const { cache, expectSame } = endpoints(() => injector);
    for (let count = 0; count < 3; count++) {
      expect(expectSame(bodyOf(podOf())).record.outcome).toBe('injected');
    }
    meta = { labels: { 'istio-injection': 'disabled' } };
    expect(expectSame(bodyOf(podOf())).record.outcome).toBe('skipped');
    expect(cache.status()).toMatchObject({ hits: 1, misses: 3 });
  });

  test('refusals and what is no review of a pod are worked out every time', () => {
    const { injector } = injectorFor();
    const { cache, expectSame } = endpoints(() => injector);
    const bad = podOf({ metadata: { annotations: { 'sidecar.istio.io/proxyCPU': 'x y' } } });
    const bodies = [
      bodyOf(bad),
      bodyOf(null),
      bodyOf('no pod'),
      bodyOf(podOf()).replace('admission.k8s.io/v1', 'v7'),
      bodyOf(podOf()).replace('"containers"', '"containers'),
      bodyOf(podOf()).replace('"manager"', 'manager'),
      bodyOf(podOf()).slice(0, -1),
    ];
    for (const body of [...bodies, ...bodies, ...bodies]) expectSame(body);
    expect(cache.status()).toMatchObject({ hits: 0, answers: 0 });
  });

  test('any pods in any order, with reloads in between, get what they would get without', () => {
    const configurations = [injectorFor(), injectorFor({ nativeSidecars: false })];
    const pod = fc.record({
      app: fc.constantFrom('web', 'kube-api-access-abcde'),
      token: fc.constantFrom('abcde', 'fghij'),
      time: fc.constantFrom('2026-01-02T03:04:05Z', '2027-01-02T03:04:05Z'),
      namespace: fc.constantFrom('shop', 'kube-system'),
      uid: fc.constantFrom('u', 'v'),
      container: fc.constantFrom('web', 'istio-proxy'),
      annotations: fc.constantFrom<JsonObject>(
        {},
        { 'sidecar.istio.io/inject': 'false' },
        { 'sidecar.istio.io/proxyCPU': '1' },
        { time: '2026-01-02T03:04:05Z' },
        { 'sidecar.istio.io/userVolume': '[{"name":"kube-api-access-abcde","emptyDir":{}}]' },
      ),
      reload: fc.constantFrom(0, 0, 0, 1),
    });
    fc.assert(
      fc.property(fc.array(pod, { minLength: 8, maxLength: 20 }), (pods) => {
        let injector: PodInjector = configurations[0]!.injector;
        const { expectSame } = endpoints(() => injector);
        for (const { app, container, annotations, reload, ...replica } of pods) {
          injector = configurations[reload]!.injector;
          const metadata = { labels: { app }, annotations };
          expectSame(bodyOf(podOf({ metadata, container: { name: container } }, replica), replica));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('cutting a review', () => {
  test('whatever comes out says what the whole says, managed fields apart', () => {
    const object = fc.oneof(
      fc.record({ metadata: fc.json().map((text) => JSON.parse(text) as JsonValue) }),
      fc.dictionary(
        fc.constantFrom('metadata', 'object', 'oldObject', 'managedFields', 'spec', '__proto__'),
        fc.json({ maxDepth: 2 }).map((text) => JSON.parse(text) as JsonValue),
      ),
      fc.constant(podOf()),
    );
    const members = fc.dictionary(fc.constantFrom('object', 'request', 'userInfo'), object);
    fc.assert(
      fc.property(members, object, fc.boolean(), (userInfo, pod, last) => {
        const request = { uid: 'u', userInfo, object: pod, ...(last ? {} : { oldObject: null }) };
        const body = JSON.stringify({
          kind: 'AdmissionReview',
          apiVersion: 'admission.k8s.io/v1',
          request,
        });
        const cut = cutReview(body, '/inject');
        const parsed = cut?.pod.parse();
        if (cut === undefined || parsed === undefined) return;
        const whole = JSON.parse(body) as { request: { object: JsonObject } };
        const { metadata } = whole.request.object as { metadata?: JsonObject };
        const cutOut = JSON.stringify(parsed) !== JSON.stringify(whole.request.object);
        if (cutOut && metadata !== undefined) metadata['managedFields'] = [];
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(whole.request.object));
        expect(cut.review.uid).toBe('u');
      }),
      { numRuns: 150 },
    );
  });

  test('a time that is no plain text is not cut out: what follows might belong to it', () => {
    const pods = ['2026', '20\\', '20 26', ''].map((time) => bodyOf(podOf({}, { time })));
    const questions = pods.map((body) => cutReview(body, '/inject')?.question);
    expect(questions.map((question) => question?.includes('"time":"\u0001"'))).toEqual([
      ...[true, false, false, false],
    ]);
  });

  test.each(['', 'u"v', 'ü', 'x'.repeat(65), '\\', '3f1c-9e52'])('the uid %j is read', (uid) => {
    for (let count = 0; count < 2; count++) {
      expect(cutReview(bodyOf(podOf(), { uid }), '/inject')?.review).toEqual({
        apiVersion: 'admission.k8s.io/v1',
        uid,
        namespace: 'shop',
        name: '',
        operation: 'CREATE',
        dryRun: false,
      });
    }
  });

  test('a uid that is not the one of the request is not taken for it', () => {
    const own = bodyOf(podOf(), { uid: 'own' });
    const other = own.replace('{"kind"', '{"other":{"uid":"a"},"kind"');
    const twice = own.replace('"uid":', '"uid":"a","uid":');
    for (const body of [other, twice, other]) expect(cutReview(body, '/inject')).toBeUndefined();
  });

  test('members that come twice are not taken for each other', () => {
    const twice = bodyOf(podOf()).replace('"object":', '"object":{"a":1},"object":');
    expect(cutReview(twice, '/inject')?.pod.parse()).toBeUndefined();
    const fields = bodyOf(podOf()).replace(
      '"managedFields":',
      '"managedFields":[],"managedFields":',
    );
    const pod = podOf();
    expect(cutReview(fields, '/inject')?.pod.parse()).toEqual({
      ...pod,
      metadata: { ...pod.metadata, managedFields: [] },
    });
  });
});

describe('the room for answers', () => {
  const engine: PodInjector = {
    inject(_: InjectRequest) {
      throw new Error('not asked');
    },
  };
  const answer = (size: number): KeptAnswer => ({
    size,
    ascii: true,
    holds: () => true,
    textFor: () => '',
    recordFor: () => {
      throw new Error('not asked');
    },
  });

  test('is bounded: what was not asked for lately goes first, and what is too large never comes in', () => {
    const cache = new AnswerCache(40_000);
    const [a, b, c] = [questionOf('a'), questionOf('b'), questionOf('c')];
    const [d, e, f] = [questionOf('d'), questionOf('e'), questionOf('f')];
    for (const question of [a, b, c]) {
      cache.find(engine, question);
      cache.keep(engine, question, answer(7000));
    }
    expect(cache.find(engine, a)).toBeDefined();
    for (const question of [d, e]) cache.keep(engine, question, answer(7000));
    expect([a, b, c, d, e].filter((one) => cache.find(engine, one))).toEqual([a, d, e]);
    cache.keep(engine, f, answer(20_000));
    expect(cache.find(engine, f)).toBeUndefined();
    expect(cache.status().size).toBeLessThanOrEqual(40_000);
  });

  test('is there for questions that were made to be alike, though not for many of them', () => {
    const cache = new AnswerCache(1_000_000);
    const alike = Array.from({ length: 20 }, (_, number) => ({ text: `${number}`, hash: 7 }));
    for (const question of alike) {
      expect(cache.find(engine, question)).toBeUndefined();
      cache.keep(engine, question, answer(1));
    }
    const { answers, size } = cache.status();
    expect(answers).toBe(8);
    expect(size).toBeLessThan(8 * 3000);
    expect(alike.map((question) => cache.find(engine, question) !== undefined)).toEqual(
      alike.map((_, number) => number >= 12),
    );
  });

  test('goes to questions that come again', () => {
    const cache = new AnswerCache(40_000);
    expect([...'ababc'].map((one) => cache.isWorthKeeping(questionOf(one)))).toEqual([
      ...[false, false, true, true, false],
    ]);
  });

  test('does not go to questions that differ in a digit', () => {
    const cache = new AnswerCache(40_000);
    const long = 'x'.repeat(5000);
    const digits = Array.from({ length: 100 }, (_, number) => questionOf(long + number + long));
    expect(digits.filter((one) => cache.isWorthKeeping(one))).toEqual([]);
  });

  test('an answer of an injector that is no longer in force is not kept', () => {
    const cache = new AnswerCache(40_000);
    cache.find({ ...engine }, questionOf('a'));
    cache.keep(engine, questionOf('a'), answer(1));
    expect(cache.status().answers).toBe(0);
  });
});
