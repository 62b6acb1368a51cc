import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAnonymousRefusal, expectText } from './expect-answer.ts';
import { pod, review } from './sample-review.ts';
import { sendBeforeReading } from './slow-reader.ts';
import { send, startTestServer, type TestServer } from './test-server.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer();
});
afterAll(() => running.server.stop(1000));

const post = (body: unknown, more: Omit<Parameters<typeof send>[1], 'body'> = {}) =>
  send(running.port, { body: typeof body === 'string' ? body : JSON.stringify(body), ...more });

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
