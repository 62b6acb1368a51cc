import { Agent } from 'node:https';
import { connect } from 'node:tls';
import { generate } from 'selfsigned';
import { afterEach, describe, expect, test } from 'vitest';
import { issueCertificate, makeAuthority } from '../../src/certs/authority/make-authority.ts';
import { detectOverload, sampleInterval } from '../../src/webhook/overload.ts';
import { review } from './sample-review.ts';
import { send, startTestServer, type TestServer } from './test-server.ts';

let started: TestServer | undefined;
afterEach(() => started?.server.stop(0));
const start = async (...options: Parameters<typeof startTestServer>) => {
  started = await startTestServer(...options);
  return started;
};
const body = JSON.stringify(review());

describe('a server with more to do than it can', () => {
  test('turns requests away, to be tried again elsewhere, and still tells how it is', async () => {
    // Any delay at all is too much for it.
    const { port, log } = await start({ longestDelay: 1e-9 });
    await expect
      .poll(() => send(port, { body }), { timeout: 10_000 })
      .toMatchObject({
        status: 503,
        headers: { 'retry-after': '1', connection: 'close' },
        text: 'the webhook has more requests than it can answer in time\n',
      });
    expect(log).toContainEqual(
      expect.objectContaining({ level: 40, outcome: 'failed', reason: 'overloaded' }),
    );
    for (const path of ['/healthz', '/readyz']) {
      expect(await send(port, { path, method: 'GET', contentType: null })).toMatchObject({
        status: 200,
      });
    }
  });

  test('does not work on what nobody waits for any more', async () => {
    const { port, injector, log } = await start();
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    const head = [
      'POST /inject?timeout=20ms HTTP/1.1',
      'Host: x',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.write(body.slice(10));
    await closed;
    expect(text).toMatch(/^HTTP\/1.1 503 [\s\S]*does not wait/);
    expect(injector.requests).toEqual([]);
    expect(log).toContainEqual(expect.objectContaining({ reason: 'too-late' }));
  });

  test('answers in time what has time', async () => {
    const { port } = await start();
    expect(await send(port, { path: '/inject?timeout=10s', body })).toMatchObject({ status: 200 });
  });

  test('refuses headers without end', async () => {
    const { port } = await start();
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.write(`GET /readyz HTTP/1.1\r\nHost: x\r\nLong: ${'x'.repeat(17_000)}\r\n\r\n`);
    await closed;
    expect(text).toMatch(/^HTTP\/1.1 431 /);
  });
});

describe('overload', () => {
  test('is pressure that lasts, not a single bad sample', () => {
    let pressure = true;
    let now = 0;
    const isOverloaded = detectOverload(
      () => pressure,
      () => now,
    );
    expect(isOverloaded()).toBe(false);
    now += sampleInterval;
    pressure = false;
    expect(isOverloaded()).toBe(false);
    pressure = true;
    now += sampleInterval;
    expect(isOverloaded()).toBe(false);
    now += sampleInterval;
    expect(isOverloaded()).toBe(false);
    now += sampleInterval;
    expect(isOverloaded()).toBe(true);
    now += 10 * sampleInterval;
    expect(isOverloaded()).toBe(false);
    pressure = false;
    expect(isOverloaded()).toBe(false);
  });
});

describe('a server that drains', () => {
  test('is not ready, answers all the same, and closes connections after their answer', async () => {
    const { server, port } = await start();
    const agent = new Agent({ keepAlive: true });
    expect((await send(port, { body, agent })).headers['connection']).toBe('keep-alive');
    server.drain();
    expect(await send(port, { body, agent })).toMatchObject({
      status: 200,
      headers: { connection: 'close' },
    });
    expect(await send(port, { path: '/readyz', method: 'GET', contentType: null })).toMatchObject({
      status: 503,
    });
    expect(await send(port, { path: '/healthz', method: 'GET', contentType: null })).toMatchObject({
      status: 200,
    });
    agent.destroy();
  });
});

describe('a server that wants client certificates', () => {
  const lifetimes = { authority: 1e9, certificate: 1e8, overlap: 0 };
  const makeClient = async () => {
    const authority = await makeAuthority(new Date(), lifetimes);
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'api-server' }], {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [{ name: 'extKeyUsage', clientAuth: true }],
      ca: { cert: authority.certificate, key: authority.key },
    });
    return { authority, tls: { cert, key } };
  };

  test('injects for those that have one, and tells everybody how it is', async () => {
    const [known, stranger] = await Promise.all([makeClient(), makeClient()]);
    const { port, log } = await start({ clientAuthorities: known.authority.certificate });
    expect(await send(port, { body, tls: known.tls })).toMatchObject({ status: 200 });
    expect(await send(port, { body })).toMatchObject({
      status: 403,
      text: 'a client certificate is required\n',
    });
    expect(await send(port, { body, tls: stranger.tls })).toMatchObject({
      status: 403,
      text: expect.stringMatching(/^the client certificate is not accepted: [A-Z_]+\n$/),
    });
    expect(log).toContainEqual(expect.objectContaining({ reason: 'client-certificate' }));
    for (const path of ['/healthz', '/readyz', '/ready']) {
      expect(await send(port, { path, method: 'GET', contentType: null })).toMatchObject({
        status: 200,
      });
    }
  });

  test('takes other authorities, and other certificates of its own, while it runs', async () => {
    const [one, two] = await Promise.all([makeClient(), makeClient()]);
    const { server, port } = await start({ clientAuthorities: one.authority.certificate });
    server.setClientAuthorities(two.authority.certificate);
    expect(await send(port, { body, tls: two.tls })).toMatchObject({ status: 200 });
    expect(await send(port, { body, tls: one.tls })).toMatchObject({ status: 403 });
    const { pair } = await issueCertificate(one.authority, ['other'], new Date(), lifetimes);
    server.setCertificate(pair);
    expect(await send(port, { body, tls: two.tls })).toMatchObject({ status: 200 });
    expect(await send(port, { body, tls: one.tls })).toMatchObject({ status: 403 });
  });
});
