import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlsOptions } from '../../src/webhook/tls-options.ts';
import { expectText } from './expect-answer.ts';
import { review } from './sample-review.ts';
import { send, startTestServer, type TestServer, testCertificate } from './test-server.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer();
});
afterAll(() => running.server.stop(1000));

const post = (body: unknown, more: Omit<Parameters<typeof send>[1], 'body'> = {}) =>
  send(running.port, { body: typeof body === 'string' ? body : JSON.stringify(body), ...more });

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
