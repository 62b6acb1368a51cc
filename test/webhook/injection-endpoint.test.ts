import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlsOptions } from '../../src/webhook/tls-options.ts';
import { pod, review } from './sample-review.ts';
import { sendBeforeReading } from './slow-reader.ts';
import {
  type Answer,
  send,
  startTestServer,
  type TestServer,
  testCertificate,
} from './test-server.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer();
});
afterAll(() => running.server.stop(1000));

const post = (body: unknown, more: Omit<Parameters<typeof send>[1], 'body'> = {}) =>
  send(running.port, { body: typeof body === 'string' ? body : JSON.stringify(body), ...more });

function expectText(answer: Answer, status: number, text: string) {
  expect(answer.status).toBe(status);
  expect(answer.text).toBe(text);
  expect(answer.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(answer.headers['x-content-type-options']).toBe('nosniff');
}

/** A refusal that cannot say which review it answers. */
function expectAnonymousRefusal(answer: Answer, message: RegExp) {
  expect(answer.status).toBe(200);
  const parsed = JSON.parse(answer.text);
  expect(parsed).toEqual({
    response: {
      uid: '',
      allowed: false,
      status: { metadata: {}, message: expect.stringMatching(message) },
    },
  });
}

describe('what is answered before the body is looked at', () => {
  const tooLarge = 'Request entity too large: limit is 6291456\n';

  test('a body of one byte over the limit gets 400, and its sender gets to read it', async () => {
    for (let round = 0; round < 3; round++) {
      expectText(await post(Buffer.alloc(6291457, ' ').toString()), 400, tooLarge);
    }
  });

  test('a body far over the limit gets 400, too', async () => {
    expectText(await post(Buffer.alloc(20_000_000, ' ').toString()), 400, tooLarge);
  });

  test('a client that reads only once it has sent everything sees the answer, too', async () => {
    expect(await sendBeforeReading(running.port, 20_000_000)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('a body over the limit is too large whatever its content type', async () => {
    const body = Buffer.alloc(6291457, ' ').toString();
    expectText(await post(body, { contentType: 'nonsense' }), 400, tooLarge);
  });

  test('a body of exactly the limit is read', async () => {
    const text = JSON.stringify(review());
    const answer = await post(text + ' '.repeat(6291456 - text.length));
    expect(JSON.parse(answer.text).response.allowed).toBe(true);
  });

  test('an empty body gets 400, with and without a content type', async () => {
    for (const contentType of ['application/json', 'text/plain', 'nonsense', null]) {
      expectText(await post('', { contentType }), 400, 'no body found\n');
    }
  });

  test('any content type that is not exactly application/json gets 415', async () => {
    const wrong = [
      null,
      'text/plain',
      'application/json; charset=utf-8',
      'application/json;',
      'Application/JSON',
      'application/yaml',
      'nonsense',
      '',
    ];
    for (const contentType of wrong) {
      expectText(
        await post(review(), { contentType }),
        415,
        'invalid Content-Type, want `application/json`\n',
      );
    }
  });
});

describe('bodies that are not a review of a pod', () => {
  test('text that is not JSON is refused without quoting it', async () => {
    for (const body of [
      'not json',
      '{',
      '{"kind":"AdmissionReview",}',
      '\u0000',
      '{"password":"hunter2"',
    ]) {
      const answer = await post(body);
      expectAnonymousRefusal(answer, /^the body is not valid JSON/);
      expect(answer.text).not.toContain('hunter2');
    }
  });

  test.each([
    ['null', /an AdmissionReview is expected, got null/],
    ['[]', /got a list/],
    ['"x"', /got a string/],
    ['{}', /no 'kind'/],
    ['{"kind":7,"apiVersion":"v1"}', /no 'kind'/],
    ['{"kind":"AdmissionReview"}', /no 'apiVersion'/],
    ['{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v2"}', /admission\.k8s\.io\/v2/],
    ['{"kind":"Pod","apiVersion":"v1"}', /kind "Pod", version "v1"/],
    [JSON.stringify({ ...review(), request: [] }), /request must be an object, got a list/],
    [JSON.stringify(review({ uid: 7 })), /request\.uid must be a string, got a number/],
    [JSON.stringify(review({ dryRun: 'no' })), /request\.dryRun must be a boolean, got a string/],
  ])('%s is refused', async (body, message) => {
    expectAnonymousRefusal(await post(body), message);
  });

  test('a review without a request gets 400 and the reason', async () => {
    for (const request of [undefined, null]) {
      expectText(
        await post({ ...review(), request }),
        400,
        'the AdmissionReview has no request: nothing to review\n',
      );
    }
  });

  test.each([
    [undefined, /no object/],
    [null, /no object/],
    [[], /must be a pod, got a list/],
    ['pod', /must be a pod, got a string/],
  ])('a request whose object is %j is refused with its uid', async (object, message) => {
    const text = JSON.stringify(review()).replace(
      JSON.stringify(pod()),
      JSON.stringify(object) ?? '0',
    );
    const body = object === undefined ? text.replace(',"object":0', '') : text;
    expect(JSON.parse((await post(body)).text)).toEqual({
      kind: 'AdmissionReview',
      apiVersion: 'admission.k8s.io/v1',
      response: {
        uid: 'u-1',
        allowed: false,
        status: { metadata: {}, message: expect.stringMatching(message) },
      },
    });
  });
});

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
});

describe('connections', () => {
  test('many requests at once over kept-alive connections each get their own answer', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 10 });
    const uids = Array.from({ length: 200 }, (_, index) => `uid-${index}`);
    const answers = await Promise.all(uids.map((uid) => post(review({ uid }), { agent })));
    expect(answers.map(({ text }) => JSON.parse(text).response.uid)).toEqual(uids);
    expect(answers.every(({ headers }) => headers['connection'] !== 'close')).toBe(true);
    agent.destroy();
  });

  test('a refused body does not spoil the connection for the next request', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await post('', { agent })).status).toBe(400);
    expect((await post(review(), { agent, contentType: 'x' })).status).toBe(415);
    expect((await post(review(), { agent })).status).toBe(200);
    agent.destroy();
  });

  test('HTTP/1.1 is what the server speaks, over TLS 1.2 and 1.3', async () => {
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const tls = { minVersion: version, maxVersion: version, agent: false as const };
      expect((await post(review(), { tls })).status).toBe(200);
    }
  });

  test('TLS 1.1 is refused', async () => {
    const tls = {
      minVersion: 'TLSv1.1' as const,
      maxVersion: 'TLSv1.1' as const,
      ciphers: 'DEFAULT:@SECLEVEL=0',
      agent: false as const,
    };
    await expect(post(review(), { tls })).rejects.toThrow(/protocol version|unsupported protocol/i);
    // OpenSSL's own defaults refuse it as well, as long as nobody changes them.
    expect(tlsOptions(await testCertificate()).minVersion).toBe('TLSv1.2');
  });
});

describe('other paths', () => {
  test('healthz and readyz answer', async () => {
    for (const path of ['/healthz', '/readyz', '/ready']) {
      const answer = await send(running.port, { path, method: 'GET', contentType: null });
      expectText(answer, 200, 'ok\n');
    }
  });

  test('an unknown path gets 404', async () => {
    for (const path of ['/', '/injection', '/metrics']) {
      const answer = await send(running.port, { path, body: '{}' });
      expectText(answer, 404, 'not found: the webhook is at /inject\n');
    }
  });

  test('a path that cannot be decoded gets 400', async () => {
    expect((await post(review(), { path: '/inject/%zz' })).status).toBe(400);
  });

  test('readyz says why the server is not ready', async () => {
    const other = await startTestServer({
      readiness: () => ['no configuration', 'no certificate'],
    });
    const answer = await send(other.port, { path: '/readyz', method: 'GET', contentType: null });
    expectText(answer, 503, 'not ready: no configuration; no certificate\n');
    await other.server.stop(1000);
  });
});
