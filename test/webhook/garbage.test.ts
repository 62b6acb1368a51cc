import { connect } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { review } from './sample-review.ts';
import { send, startTestServer, type TestServer } from './test-server.ts';

let running: TestServer;
beforeAll(async () => {
  running = await startTestServer();
});
afterAll(() => running.server.stop(1000));

async function stillWorks() {
  const answer = await send(running.port, { body: JSON.stringify(review()) });
  expect(JSON.parse(answer.text).response.allowed).toBe(true);
}

describe('garbage', () => {
  test('every body is answered, whatever it holds', async () => {
    const anyBody = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      // A review that was tampered with at one place.
      fc
        .tuple(fc.nat(JSON.stringify(review()).length - 1), fc.string({ maxLength: 3 }))
        .map(([at, text]) => {
          const whole = JSON.stringify(review());
          return Buffer.from(whole.slice(0, at) + text + whole.slice(at + 1));
        }),
    );
    await fc.assert(
      fc.asyncProperty(anyBody, async (body) => {
        const answer = await send(running.port, { body });
        expect([200, 400]).toContain(answer.status);
        if (answer.status === 200) {
          expect(JSON.parse(answer.text).response).toHaveProperty('allowed');
        }
      }),
      { numRuns: 150 },
    );
    await stillWorks();
  });

  test('every request around a review is answered, whatever its members are', async () => {
    const anyRequest = fc.record(
      {
        uid: fc.anything({ maxDepth: 1 }),
        namespace: fc.oneof(fc.string(), fc.jsonValue()),
        name: fc.oneof(fc.string(), fc.jsonValue()),
        dryRun: fc.oneof(fc.boolean(), fc.jsonValue()),
        object: fc.oneof(
          fc.jsonValue(),
          fc.record({
            metadata: fc.oneof(
              fc.jsonValue(),
              fc.record({
                name: fc.jsonValue(),
                generateName: fc.jsonValue(),
                namespace: fc.jsonValue(),
                labels: fc.jsonValue(),
                ownerReferences: fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
              }),
            ),
          }),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const whole = { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request };
        const body = JSON.stringify(whole, (_, value) =>
          typeof value === 'bigint' ? Number(value) : value,
        );
        const answer = await send(running.port, { body });
        expect(answer.status).toBe(200);
        expect(JSON.parse(answer.text).response).toHaveProperty('allowed');
      }),
      { numRuns: 150 },
    );
    await stillWorks();
  });

  test('every path below /inject is answered', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webPath(), async (path) => {
        const answer = await send(running.port, {
          path: `/inject/${path}`,
          body: JSON.stringify(review()),
        });
        expect([200, 400]).toContain(answer.status);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['bytes that are not HTTP', 'gar\u0001bage\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'a header that is too long',
      `GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
    [
      'a body that is not chunked as promised',
      'POST /inject HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      /^HTTP\/1\.1 400 /,
    ],
  ])('%s get an answer', async (_, bytes, expected) => {
    const text = await new Promise<string>((resolve, reject) => {
      let received = '';
      const socket = connect({ host: '127.0.0.1', port: running.port, rejectUnauthorized: false });
      socket.on('secureConnect', () => socket.write(bytes));
      socket.on('data', (data) => {
        received += data;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(received));
    });
    expect(text).toMatch(expected);
    await stillWorks();
  });

  test('a sender that hangs up in the middle of its body harms nobody', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: running.port, rejectUnauthorized: false });
      socket.on('secureConnect', () => {
        socket.write('POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"kind"', () =>
          socket.destroy(),
        );
      });
      socket.on('close', () => resolve());
    });
    await stillWorks();
  });
});
