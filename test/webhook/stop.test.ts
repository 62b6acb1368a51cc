import { Agent } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { AnswerCache } from '../../src/webhook/answers/answer-cache.ts';
import { review } from './sample-review.ts';
import { send, startTestServer } from './test-server.ts';

describe('stopping', () => {
  test('a request under way gets its answer, and its connection is closed after it', async () => {
    const { server, port } = await startTestServer();
    const body = JSON.stringify(review());
    const half = await openRequest(port, body.length, body.slice(0, 20));
    const stopped = server.stop(10_000);
    half.write(body.slice(20));
    const text = await half.closed;
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(text).toMatch(/connection: close/i);
    expect(text).toContain('"allowed":true');
    await stopped;
  });

  test('answers from memory close their connections, too', async () => {
    const { server, port, injector } = await startTestServer({ answers: new AnswerCache(100_000) });
    const body = JSON.stringify(review());
    for (let count = 0; count < 3; count++) {
      expect((await send(port, { body })).headers['connection']).toBe('keep-alive');
    }
    server.drain();
    expect((await send(port, { body })).headers['connection']).toBe('close');
    expect(injector.requests).toHaveLength(2);
    await server.stop(1000);
  });

  test('no new connection is accepted', async () => {
    const { server, port } = await startTestServer();
    await server.stop(1000);
    await expect(send(port, { body: '{}' })).rejects.toThrow('ECONNREFUSED');
  });

  test('idle connections do not hold it up', async () => {
    const { server, port } = await startTestServer();
    const agent = new Agent({ keepAlive: true });
    await send(port, { body: JSON.stringify(review()), agent });
    await server.stop(60_000);
    agent.destroy();
  });

  test('requests and handshakes that never end are cut when the grace is over', async () => {
    const { server, port, log } = await startTestServer();
    const silent = connectTcp(port, '127.0.0.1');
    const cut = new Promise((resolve) => silent.on('close', resolve));
    silent.on('error', () => {});
    const half = await openRequest(port, 1000, '{');
    await server.stop(50);
    await cut;
    expect(await half.closed).toBe('');
    expect(log.at(-1)).toMatchObject({ connections: 2, graceMs: 50 });
    expect(log.at(-1)?.['msg']).toMatch(/^the time to finish is over/);
  });
});

describe('another certificate', () => {
  test('is served to new connections while open ones go on', async () => {
    const { server, port } = await startTestServer();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const body = JSON.stringify(review());
    await send(port, { body, agent });
    const before = await servedCertificate(port);
    server.setCertificate(await selfSignedCertificate(['other.example'], new Date()));
    expect((await servedCertificate(port)).subject).toBe('other.example');
    expect(before.subject).toBe('localhost');
    expect((await send(port, { body, agent })).status).toBe(200);
    agent.destroy();
    await server.stop(1000);
  });
});

/** Sends the head of a request and the beginning of its body. */
async function openRequest(port: number, length: number, start: string) {
  let text = '';
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  socket.on('data', (data) => {
    text += data;
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(text)));
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  const head = `POST /inject HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
  await new Promise((resolve) => socket.write(head + start, resolve));
  // The server has to have seen the head before the test goes on: it then asks for the rest.
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { write: (rest: string) => socket.write(rest), closed };
}

function servedCertificate(port: number): Promise<{ subject: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve({ subject: String(socket.getPeerCertificate().subject.CN) });
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
