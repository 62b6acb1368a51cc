import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { follow } from '../../src/kube/follow.ts';
import type { Followed, FollowTimes } from '../../src/kube/followed.ts';
import { createHttpApiServer } from '../../src/kube/http-api-server.ts';
import {
  allNamespaces,
  allNodes,
  allProxyConfigs,
  configMapNamed,
  type Resource,
} from '../../src/kube/resource.ts';
import { FakeApiServer } from './fake-api-server.ts';
import { keepLines } from './log-lines.ts';

const path = '/api/v1/namespaces';
const quick: FollowTimes = {
  stallMs: 60_000,
  relistMs: 60_000,
  absentMs: 20,
  backoff: { firstMs: 5, mostMs: 20 },
};

let fake: FakeApiServer;
let followed: Followed<string> | undefined;
let changes: number;
let log: ReturnType<typeof keepLines>;

beforeEach(async () => {
  fake = await new FakeApiServer().start();
  changes = 0;
  log = keepLines();
});
afterEach(async () => {
  await followed?.stop();
  await fake.stop();
});

const namespace = (name: string, text = name) => ({ metadata: { name, labels: { text } } });

function start(over: Partial<FollowTimes> = {}, resource: Resource = allNamespaces) {
  const api = createHttpApiServer(fake.url, async () => {});
  followed = follow(api, resource, {
    read: (object) => {
      const { labels } = object['metadata'] as { labels?: { text?: string } };
      if (labels?.text === 'throw') throw new Error('bad text');
      return labels?.text ?? '';
    },
    onChange: () => {
      changes++;
    },
    logger: log.logger,
    times: { ...quick, ...over },
  });
  return followed;
}

const items = () => Object.fromEntries(followed?.items ?? []);
const until = (check: () => void) => vi.waitFor(check, { interval: 5, timeout: 5000 });
const watching = () => until(() => expect(fake.watchers).toBe(1));
const warnings = () => log.lines.filter(({ level }) => level === 'warn');

describe('following a resource', () => {
  test('reads what is there, then hears of every change', async () => {
    fake.put(path, namespace('a'));
    start();
    await watching();
    expect(items()).toEqual({ a: 'a' });
    expect(changes).toBe(1);

    fake.put(path, namespace('b', 'bücher'));
    await until(() => expect(items()).toEqual({ a: 'a', b: 'bücher' }));
    fake.put(path, namespace('a', 'new'));
    await until(() => expect(items()).toEqual({ a: 'new', b: 'bücher' }));
    fake.remove(path, 'b');
    await until(() => expect(items()).toEqual({ a: 'new' }));
    expect(changes).toBe(4);
    expect(followed?.status()).toMatchObject({ synced: true, problem: undefined, lists: 1 });
    expect(warnings()).toEqual([]);
  });

  test('says that it is in sync when there is nothing to read', async () => {
    start();
    expect(followed?.status()).toMatchObject({ synced: false, silentMs: undefined });
    await watching();
    expect(followed?.status().synced).toBe(true);
    expect(changes).toBe(1);
  });

  test('does not tell of a change that concerns nobody', async () => {
    fake.put(path, namespace('a'));
    start();
    await watching();
    fake.put(path, { metadata: { name: 'a', labels: { text: 'a', other: 'x' } } });
    fake.put(path, namespace('b'));
    await until(() => expect(items()).toHaveProperty('b'));
    expect(changes).toBe(2);
  });

  test('leaves out an object that cannot be read, and says so', async () => {
    fake.put(path, namespace('a'));
    fake.put(path, namespace('bad', 'throw'));
    start();
    await watching();
    expect(items()).toEqual({ a: 'a' });
    fake.put(path, namespace('a', 'throw'));
    await until(() => expect(items()).toEqual({}));
    expect(warnings()).toMatchObject([
      { object: 'bad', error: 'bad text' },
      { object: 'a', error: 'bad text' },
    ]);
  });

  test('reads large collections page by page', async () => {
    for (let index = 0; index < 7; index++) fake.put(path, namespace(`n${index}`));
    start({}, { ...allNamespaces, pageSize: 3 });
    await watching();
    expect(followed?.items.size).toBe(7);
    expect(fake.lists.map(({ query }) => query.get('continue'))).toEqual([null, '3', '6']);
  });

  test('asks for one object by a field selector, and for nothing but metadata where that does', async () => {
    const maps = '/api/v1/namespaces/istio-system/configmaps';
    fake.put(maps, { metadata: { name: 'istio', namespace: 'istio-system' } });
    fake.put(maps, { metadata: { name: 'other', namespace: 'istio-system' } });
    start({}, configMapNamed('istio-system', 'istio'));
    await watching();
    expect([...(followed?.items.keys() ?? [])]).toEqual(['istio-system/istio']);
    expect(fake.lists[0]?.query.get('fieldSelector')).toBe('metadata.name=istio');
    await followed?.stop();
    await until(() => expect(fake.watchers).toBe(0));

    start();
    await watching();
    expect(fake.lists[1]?.headers.accept).toContain('as=PartialObjectMetadataList;');
    expect(fake.watches[1]?.headers.accept).toContain('as=PartialObjectMetadata;');
    expect(fake.watches[1]?.query.get('allowWatchBookmarks')).toBe('true');
  });

  test('goes on from a bookmark when the server ends the watch', async () => {
    fake.put(path, namespace('a'));
    start();
    await watching();
    fake.bookmark();
    fake.endWatches();
    await until(() => expect(fake.watches).toHaveLength(2));
    expect(fake.watches.map(({ query }) => query.get('resourceVersion'))).toEqual(['101', '102']);
    expect(fake.lists).toHaveLength(1);
  });

  test('ends all requests when it is stopped, and asks for nothing more', async () => {
    start();
    await watching();
    await followed?.stop();
    await until(() => expect(fake.watchers).toBe(0));
    expect(fake.seen).toHaveLength(2);
  });
});

describe('when things go wrong, following', () => {
  test('survives cut connections without reading everything again', async () => {
    fake.put(path, namespace('a'));
    start();
    await watching();
    fake.bookmark();
    await until(() => expect(followed?.status().silentMs).toBeLessThan(1000));
    fake.cutConnections();
    fake.put(path, namespace('b'));
    await until(() => expect(items()).toEqual({ a: 'a', b: 'b' }));
    expect(fake.lists).toHaveLength(1);
  });

  test('reads everything again after 410 Gone in the stream', async () => {
    fake.put(path, namespace('gone'));
    start();
    await watching();
    fake.deaf = true;
    fake.remove(path, 'gone');
    fake.put(path, namespace('b'));
    fake.compact();
    fake.deaf = false;
    fake.endWatches();
    await until(() => expect(items()).toEqual({ b: 'b' }));
    expect(fake.lists).toHaveLength(2);
    expect(warnings()).toEqual([]);
  });

  test.each([400, 410, 504])(
    'reads everything again when a watch is refused with %i',
    async (status) => {
      start();
      await watching();
      let refusals = 0;
      fake.overrides.push(({ query }) =>
        query.has('watch') && refusals++ === 0 ? { status, body: { message: 'no' } } : undefined,
      );
      fake.endWatches();
      await until(() => expect(fake.lists).toHaveLength(2));
      await watching();
    },
  );

  test('keeps what it has while the server is away, and catches up when it is back', async () => {
    fake.put(path, namespace('a'));
    start();
    await watching();
    await fake.stop();
    await until(() => expect(followed?.status().problem).toContain('nothing listens there'));
    expect(items()).toEqual({ a: 'a' });
    expect(followed?.status().synced).toBe(true);
    await until(() => expect(warnings()).toHaveLength(1));
    fake.put(path, namespace('b'));
    await fake.start();
    await until(() => expect(items()).toEqual({ a: 'a', b: 'b' }));
    expect(followed?.status().problem).toBeUndefined();
    // Once, however often it was tried.
    expect(warnings()).toMatchObject([{ msg: 'namespaces cannot be read' }]);
    await until(() =>
      expect(log.lines).toContainEqual(
        expect.objectContaining({ level: 'info', msg: 'namespaces can be read again' }),
      ),
    );
  });

  test('starts when the server does', async () => {
    await fake.stop();
    start();
    await until(() => expect(warnings()).toHaveLength(1));
    expect(followed?.status()).toMatchObject({ synced: false });
    fake.put(path, namespace('a'));
    await fake.start();
    await until(() => expect(items()).toEqual({ a: 'a' }));
  });

  test('gives up a watch that is silent for too long, and finds what it missed', async () => {
    fake.deaf = true;
    fake.put(path, namespace('a'));
    start({ stallMs: 30 });
    await watching();
    fake.put(path, namespace('b'));
    fake.deaf = false;
    await until(() => expect(items()).toEqual({ a: 'a', b: 'b' }));
    expect(followed?.status().stalls).toBeGreaterThan(0);
    expect(fake.lists).toHaveLength(1);
  });

  test('reads everything again from time to time, should events have been lost', async () => {
    fake.put(path, namespace('a'));
    start({ relistMs: 40 });
    await watching();
    fake.deaf = true;
    fake.remove(path, 'a');
    await until(() => expect(items()).toEqual({}));
    expect(changes).toBe(2);
  });

  test('does not ask all the time when every watch ends at once', async () => {
    fake.overrides.push(({ query }) =>
      query.has('watch') ? { status: 200, body: '' } : undefined,
    );
    start({ backoff: { firstMs: 20, mostMs: 10_000 } });
    await until(() => expect(fake.watches.length).toBeGreaterThan(2));
    const now = fake.watches.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.watches.length - now).toBeLessThan(3);
    expect(fake.lists).toHaveLength(1);
  });

  test('does not speak of recovery while every watch is cut as soon as it is open', async () => {
    start({ backoff: { firstMs: 1, mostMs: 2 } });
    await watching();
    const cut = setInterval(() => fake.cutConnections(), 1);
    await until(() => expect(warnings()).toHaveLength(1));
    const { watches } = followed?.status() ?? { watches: 0 };
    await until(() => expect(followed?.status().watches).toBeGreaterThan(watches + 3));
    clearInterval(cut);
    expect(followed?.status().problem).toContain('the connection was cut');
    expect(warnings()).toHaveLength(1);
    await until(() => expect(followed?.status().problem).toBeUndefined());
  });

  test('says which right is missing, and goes on when it is granted', async () => {
    const refusal = { status: 403, body: { reason: 'Forbidden', message: 'nodes is forbidden' } };
    let granted = false;
    fake.overrides.push(() => (granted ? undefined : refusal));
    start({}, allNodes);
    await until(() => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]).toMatchObject({
      error: expect.stringContaining('nodes is forbidden'),
      hint: expect.stringContaining('Grant'),
    });
    granted = true;
    await until(() => expect(followed?.status()).toMatchObject({ synced: true }));
  });

  test('waits as long as the server asks for', async () => {
    fake.overrides.push(() => ({ status: 429, headers: { 'retry-after': '1' } }));
    start();
    await until(() => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]?.['retryMs']).toBeGreaterThanOrEqual(1000);
    expect(fake.seen).toHaveLength(1);
  });

  test('does not take the page of a proxy for an empty list', async () => {
    fake.overrides.push(() => ({ status: 200, body: '<html>sign in</html>' }));
    start();
    await until(() => expect(warnings()).toHaveLength(1));
    expect(warnings()[0]?.['error']).toContain('not a JSON object');
    expect(followed?.status().synced).toBe(false);
  });
});

describe('an optional resource', () => {
  const list = allProxyConfigs.path;

  test('is empty where the cluster does not know it, and appears when it does', async () => {
    fake.unknown.add(list);
    start({}, allProxyConfigs);
    await until(() => expect(followed?.status()).toMatchObject({ synced: true, absent: true }));
    expect(changes).toBe(1);
    fake.put(list, { metadata: { namespace: 'n', name: 'a', labels: { text: 't' } } });
    fake.unknown.delete(list);
    await until(() => expect(items()).toEqual({ 'n/a': 't' }));
    expect(followed?.status().absent).toBe(false);
    expect(warnings()).toEqual([]);
  });

  test('is empty again when the cluster forgets it', async () => {
    fake.put(list, { metadata: { namespace: 'n', name: 'a', labels: { text: 't' } } });
    start({}, allProxyConfigs);
    await watching();
    fake.unknown.add(list);
    fake.endWatches();
    await until(() => expect(items()).toEqual({}));
    expect(changes).toBe(2);
  });

  test('is done without, with a warning, where we may not read it', async () => {
    fake.overrides.push(() => ({ status: 403, body: { message: 'no such right' } }));
    start({}, allProxyConfigs);
    await until(() => expect(followed?.status()).toMatchObject({ synced: true, absent: true }));
    expect(warnings()).toMatchObject([{ error: expect.stringContaining('no such right') }]);
  });
});
