import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Notice } from '../../src/inject/types.ts';
import { AnswerCache } from '../../src/webhook/answers/answer-cache.ts';
import { auditAnnotations } from '../../src/webhook/review/audit-annotations.ts';
import { expectAnonymousRefusal, expectText } from './expect-answer.ts';
import { pod, review } from './sample-review.ts';
import { send, startTestServer, type TestServer } from './test-server.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer();
});
afterAll(() => running.server.stop(1000));

const post = (body: unknown, more: Omit<Parameters<typeof send>[1], 'body'> = {}) =>
  send(running.port, { body: typeof body === 'string' ? body : JSON.stringify(body), ...more });

describe('reviews of pods', () => {
  test('success carries the patch in base64, members in the order of Go', async () => {
    const answer = await post(review());
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const { kind, apiVersion, response } = JSON.parse(answer.text);
    expect([kind, apiVersion]).toEqual(['AdmissionReview', 'admission.k8s.io/v1']);
    expect(Object.keys(response)).toEqual([
      'uid',
      'allowed',
      'patch',
      'patchType',
      'auditAnnotations',
    ]);
    expect(response).toMatchObject({ uid: 'u-1', allowed: true, patchType: 'JSONPatch' });
    expect(Buffer.from(response.patch, 'base64').toString('utf8')).toBe(
      '[{"op":"add","path":"/metadata/annotations","value":{"a/b":"größer ✓"}},' +
        '{"op":"remove","path":"/spec/nodeName"}]',
    );
  });

  test.each(['plain', 'größer ✓'])(
    'an answer from memory has the same bytes: %s',
    async (message) => {
      const { server, port, injector } = await startTestServer({
        answers: new AnswerCache(100_000),
      });
      injector.notices = [{ code: 'port-conflict', message }] as unknown as Notice[];
      const answers = [];
      for (let count = 0; count < 3; count++) {
        const { headers, ...answer } = await send(port, { body: JSON.stringify(review()) });
        const { date: _, ...others } = headers;
        answers.push({ ...answer, headers: others });
      }
      expect(injector.requests).toHaveLength(2);
      expect(answers[0]?.text).toContain(message);
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
      await server.stop(1000);
    },
  );

  test('a review of v1beta1 is answered in v1beta1', async () => {
    const answer = JSON.parse((await post(review({}, 'admission.k8s.io/v1beta1'))).text);
    expect(answer.apiVersion).toBe('admission.k8s.io/v1beta1');
    expect(answer.response.allowed).toBe(true);
  });

  test('a pod that is not injected is allowed, without a patch', async () => {
    const { response } = JSON.parse((await post(review({ object: pod({ do: 'skip' }) }))).text);
    expect(response).toEqual({
      uid: 'u-1',
      allowed: true,
      auditAnnotations: {
        decision: 'skip',
        reason: 'policy-disabled',
        trace: 'policy: policy-disabled "disabled" => skip',
      },
    });
  });

  test('a pod that cannot be injected is refused with the message of the engine', async () => {
    const { response } = JSON.parse((await post(review({ object: pod({ do: 'fail' }) }))).text);
    expect(response).toMatchObject({
      uid: 'u-1',
      allowed: false,
      status: { metadata: {}, message: 'failed to run injection template: bad "<annotation>"' },
    });
    expect(response).not.toHaveProperty('patch');
  });

  test('a defect of the engine refuses the pod and is logged with its stack', async () => {
    const { response } = JSON.parse((await post(review({ object: pod({ do: 'throw' }) }))).text);
    expect(response).toEqual({
      uid: 'u-1',
      allowed: false,
      status: {
        metadata: {},
        message: 'internal error while injecting the pod: the engine has a hole',
      },
    });
    expect(running.log.at(-1)).toMatchObject({
      level: 50,
      reason: 'internal',
      stack: expect.stringContaining('fake-injector'),
    });
  });

  test('a pod without apiVersion and kind, in a request with little else, is reviewed', async () => {
    const body = {
      apiVersion: 'admission.k8s.io/v1',
      kind: 'AdmissionReview',
      request: {
        uid: '',
        kind: { group: 'admission.k8s.io', version: 'v1', kind: 'AdmissionRequest' },
        operation: '',
        userInfo: {},
        object: { metadata: {}, spec: { containers: [] }, status: {} },
      },
    };
    const { response } = JSON.parse((await post(body)).text);
    expect(response).toMatchObject({ uid: '', allowed: true, patchType: 'JSONPatch' });
  });

  test('the engine gets the pod, the namespace of the request and the environment of the path', async () => {
    await post(review(), { path: '/inject/cluster/c--slash--1/net/n%201?timeout=10s' });
    expect(running.injector.requests.at(-1)).toEqual({
      pod: pod(),
      namespace: 'shop',
      env: new Map([
        ['ISTIO_META_CLUSTER_ID', 'c/1'],
        ['ISTIO_META_NETWORK', 'n 1'],
      ]),
    });
  });

  test.each([
    ['/inject', []],
    ['/inject/', []],
    ['/inject?timeout=10s', []],
    ['/inject/net/n1/', [['ISTIO_META_NETWORK', 'n1']]],
    ['/inject/net%2Fn1', [['ISTIO_META_NETWORK', 'n1']]],
    ['/inject/a/b%2525', [['A', 'b%25']]],
    ['/inject/a/%E2%9C%93', [['A', '✓']]],
    [
      '/inject/:ENV:cluster=c2:ENV:root=/foo/bar',
      [
        ['ISTIO_META_CLUSTER_ID', 'c2'],
        ['ROOT', '/foo/bar'],
      ],
    ],
    [`/inject/a/${'x'.repeat(2000)}`, [['A', 'x'.repeat(2000)]]],
  ])('path %s carries %j', async (path, env) => {
    const answer = await post(review(), { path });
    expect(JSON.parse(answer.text).response.allowed).toBe(true);
    expect([...(running.injector.requests.at(-1)?.env ?? [])]).toEqual(env);
  });

  test.each(['PUT', 'PATCH', 'DELETE', 'GET', 'OPTIONS'])(
    'method %s is treated like POST',
    async (method) => {
      const answer = await post(review(), { method });
      expect(JSON.parse(answer.text).response.allowed).toBe(true);
      expectText(await post('', { method, contentType: null }), 400, 'no body found\n');
    },
  );

  test('keys such as __proto__ do no harm', async () => {
    const text = JSON.stringify(review()).replace(
      '"kind"',
      '"__proto__":{"uid":"evil","x":1},"kind"',
    );
    const { response } = JSON.parse((await post(text)).text);
    expect(response.uid).toBe('u-1');
    expect(({} as { x?: number }).x).toBeUndefined();
    const hollow =
      '{"__proto__":{"request":{},"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}}';
    expectAnonymousRefusal(await post(hollow), /no 'kind'/);
  });

  test('JSON nested too deep for the engine is answered like any other', async () => {
    const deep = '['.repeat(300_000) + ']'.repeat(300_000);
    const body = JSON.stringify(review({ object: { deep: 0 } })).replace(
      '"deep":0',
      `"deep":${deep}`,
    );
    const { response } = JSON.parse((await post(body)).text);
    expect(response.uid).toBe('u-1');
  });

  test('notices become warnings fit for an HTTP header, 256 characters at most', async () => {
    running.injector.notices = [
      { code: 'a', message: 'first\n\tsecond' },
      { code: 'b', message: '✓'.repeat(300) },
    ];
    const { response } = JSON.parse((await post(review())).text);
    running.injector.notices = [];
    expect(response.warnings).toEqual(['first second', `${'✓'.repeat(255)}…`]);
    expect(Object.keys(response).at(-1)).toBe('warnings');
  });

  test('audit annotations have keys that Kubernetes accepts and tell the whole decision', async () => {
    const { response } = JSON.parse((await post(review())).text);
    for (const key of Object.keys(response.auditAnnotations)) {
      expect(key).toMatch(/^[a-z]([-a-z]*[a-z])?$/);
    }
    expect(response.auditAnnotations).toEqual({
      decision: 'inject',
      reason: 'label-true',
      trace: 'host network: no opinion; inject label: label-true "true" => inject',
    });
  });

  test('audit annotations name the mistakes that were noticed, each once', async () => {
    running.injector.notices = [
      { code: 'label-misspelled', message: 'one' },
      { code: 'label-misspelled', message: 'another' },
      { code: 'image-auto', message: 'secret' },
    ];
    const { response } = JSON.parse((await post(review())).text);
    running.injector.notices = [];
    expect(response.auditAnnotations.mistakes).toBe('label-misspelled,image-auto');
  });

  test('audit annotations stay small, however many selectors there are', () => {
    const saw = { field: 'neverInjectSelector[0]', value: 'x'.repeat(1000) };
    const step = { rule: 'never-inject selector', reason: 'selector-invalid', saw } as const;
    const steps = Array.from({ length: 500 }, () => ({ ...step, outcome: 'no opinion' as const }));
    const told = auditAnnotations({ inject: true, reason: 'policy-enabled', steps }, []);
    expect(told['trace']?.length).toBeLessThan(2100);
  });
});
