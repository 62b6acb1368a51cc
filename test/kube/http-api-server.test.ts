import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ApiError } from '../../src/kube/api-error.ts';
import { createHttpApiServer } from '../../src/kube/http-api-server.ts';
import { FakeApiServer } from './fake-api-server.ts';

let fake: FakeApiServer;
beforeEach(async () => {
  fake = await new FakeApiServer().start();
});
afterEach(() => fake.stop());

const failure = async (work: Promise<unknown>): Promise<ApiError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error as ApiError;
};

describe('a request to the API server', () => {
  test('goes below the path of the server, with credentials, query and body', async () => {
    fake.overrides.push(() => ({ status: 201, body: { kind: 'Event' } }));
    const api = createHttpApiServer(`${fake.url}/clusters/c1/`, async (options) => {
      Object.assign(options.headers ?? {}, { Authorization: 'Bearer t' });
    });
    const answer = await api.request({
      method: 'PATCH',
      path: '/api/v1/x',
      query: { dryRun: 'All', left: undefined },
      contentType: 'application/json-patch+json',
      body: [{ op: 'remove', path: '/ü' }],
    });
    expect(answer).toEqual({ kind: 'Event' });
    expect(fake.seen).toMatchObject([
      {
        method: 'PATCH',
        path: '/clusters/c1/api/v1/x',
        body: '[{"op":"remove","path":"/ü"}]',
        headers: {
          authorization: 'Bearer t',
          'content-type': 'application/json-patch+json',
          'user-agent': expect.stringMatching(/^outrigger\/\d/),
        },
      },
    ]);
    expect(String(fake.seen[0]?.query)).toBe('dryRun=All');
  });

  test('tells what the API server said, and its status', async () => {
    const api = createHttpApiServer(fake.url, async () => {});
    fake.overrides.push(() => ({
      status: 409,
      body: { kind: 'Status', reason: 'AlreadyExists', message: 'secrets "x" already exists' },
    }));
    const error = await failure(api.request({ method: 'POST', path: '/api/v1/secrets', body: {} }));
    expect(error).toMatchObject({
      code: 'OUTRIGGER_CLUSTER',
      status: 409,
      reason: 'AlreadyExists',
      message: 'POST /api/v1/secrets: secrets "x" already exists',
    });
  });

  test('says so when nobody listens', async () => {
    const { url } = fake;
    await fake.stop();
    const error = await failure(createHttpApiServer(url, async () => {}).request({ path: '/x' }));
    expect(error.status).toBeUndefined();
    expect(error.message).toBe(
      `GET /x: the API server at ${url} cannot be reached: nothing listens there`,
    );
    await fake.start();
  });

  test('does not wait for ever', async () => {
    const api = createHttpApiServer(fake.url, async () => {}, { timeoutMs: 30 });
    fake.deaf = true;
    // A watch is opened and then stays silent, so a request for an object never gets its whole answer.
    const error = await failure(api.request({ path: '/x', query: { watch: 'true' } }));
    expect(error.message).toContain('no answer in time');
  });

  test('says so when the credentials cannot be had', async () => {
    const api = createHttpApiServer(fake.url, () => Promise.reject(new Error('exec: not found')));
    const error = await failure(api.request({ path: '/x' }));
    expect(error.message).toBe('GET /x: there are no credentials: exec: not found');
    expect(fake.seen).toEqual([]);
  });
});

describe('a stream from the API server', () => {
  test('may last longer than a request', async () => {
    const timeoutMs = 250;
    const api = createHttpApiServer(fake.url, async () => {}, { timeoutMs });
    const stream = api.stream({ path: '/x', query: { watch: 'true' } }, () =>
      setTimeout(() => fake.say({ n: 1 }), timeoutMs * 1.2),
    );
    expect(await stream.next()).toEqual({ done: false, value: { n: 1 } });
    await stream.return();
  });

  test('ends with an error when the connection breaks, and without one when the server ends it', async () => {
    const api = createHttpApiServer(fake.url, async () => {});
    const first = api.stream({ path: '/x', query: { watch: 'true' } }, () => fake.endWatches());
    expect(await first.next()).toEqual({ done: true, value: undefined });
    const second = api.stream({ path: '/x', query: { watch: 'true' } }, () =>
      fake.cutConnections(),
    );
    expect((await failure(second.next())).message).toContain('the connection was cut');
  });

  test('ends with an error at a line that is no object', async () => {
    const api = createHttpApiServer(fake.url, async () => {});
    fake.overrides.push(() => ({ status: 200, body: '{"n":1}\n[2]\n' }));
    const stream = api.stream({ path: '/x' });
    await stream.next();
    expect((await failure(stream.next())).message).toContain('not a JSON object');
  });
});
