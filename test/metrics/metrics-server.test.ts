import { expect, onTestFinished, test } from 'vitest';
import { createMetricsServer } from '../../src/metrics/metrics-server.ts';

async function start(readiness: () => readonly string[], text = async () => 'up 1\n') {
  const server = createMetricsServer({ readiness, text, contentType: 'text/plain; version=0.0.4' });
  onTestFinished(() => server.stop());
  const port = await server.listen('127.0.0.1', 0);
  return async (path: string, method = 'GET') => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method });
    return [response.status, await response.text()];
  };
}

test('serves metrics and health over plain HTTP', async () => {
  let reasons: string[] = ['waiting for namespaces to be read'];
  const ask = await start(() => reasons);
  expect(await ask('/metrics')).toEqual([200, 'up 1\n']);
  expect(await ask('/metrics?x=1')).toEqual([200, 'up 1\n']);
  expect(await ask('/healthz')).toEqual([200, 'ok\n']);
  expect(await ask('/readyz')).toEqual([503, 'not ready: waiting for namespaces to be read\n']);
  reasons = [];
  expect(await ask('/readyz')).toEqual([200, 'ok\n']);
  expect(await ask('/ready')).toEqual([200, 'ok\n']);
});

test('serves nothing else, and takes nothing', async () => {
  const ask = await start(() => []);
  expect((await ask('/'))[0]).toBe(404);
  expect((await ask('/inject', 'POST'))[0]).toBe(405);
});

test('survives metrics that cannot be read', async () => {
  const ask = await start(
    () => [],
    async () => {
      throw new Error('full');
    },
  );
  expect(await ask('/metrics')).toEqual([500, 'metrics cannot be read: full\n']);
  expect((await ask('/healthz'))[0]).toBe(200);
});
