import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openOperations } from '../../src/cli/serve/open-operations.ts';
import type { ServeOptions } from '../../src/cli/serve/serve-options.ts';
import type { JsonObject } from '../../src/json.ts';
import type { ApiRequest } from '../../src/kube/api-server.ts';
import type { ClusterConnection } from '../../src/kube/connect.ts';
import { emptyState, sampleRecord, samples } from './sample-state.ts';

const timing = { took: 1, deadline: undefined };
const controller = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'u' };

async function start(options: Partial<ServeOptions>, cluster?: ClusterConnection) {
  const operations = await openOperations({
    options: { host: '127.0.0.1', ...options } as ServeOptions,
    env: {},
    cluster,
    logger: pino({ level: 'silent' }),
  });
  onTestFinished(() => operations.stop());
  return { operations, port: await operations.serve(emptyState) };
}

test('a free port is found for metrics, and requests are counted there', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port: free } = taken.address() as AddressInfo;
  await new Promise((resolve) => taken.close(resolve));
  const { operations, port } = await start({ metricsPort: free });
  expect(port).toBe(free);
  operations.requests.record(sampleRecord, timing);
  const found = samples(await (await fetch(`http://127.0.0.1:${port}/metrics`)).text());
  expect(found.get('sidecar_injection_requests_total')).toBe(1);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
});

test('port 0 turns metrics off', async () => {
  const { operations, port } = await start({ metricsPort: 0 });
  expect(port).toBeUndefined();
  expect(() => operations.requests.record(sampleRecord, timing)).not.toThrow();
});

test('a port that was asked for and is taken is an error', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  await expect(start({ metricsPort: port })).rejects.toMatchObject({
    code: 'OUTRIGGER_SERVER',
    hint: expect.stringContaining('--metrics-port'),
  });
});

test('Events are written in a cluster unless they are turned off', async () => {
  const requests: ApiRequest[] = [];
  const api = {
    url: '',
    request: async (request: ApiRequest): Promise<JsonObject> => {
      requests.push(request);
      return {};
    },
    stream: async function* () {},
    close() {},
  };
  const cluster = { api, description: 'a test', namespace: undefined };
  for (const [events, expected] of [
    [false, 0],
    [true, 1],
  ] as const) {
    const { operations } = await start({ metricsPort: 0, events }, cluster);
    operations.requests.record({ ...sampleRecord, controller }, timing);
    await expect.poll(() => requests.length).toBe(expected);
  }
});
