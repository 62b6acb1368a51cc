import { beforeEach, describe, expect, test } from 'vitest';
import { isTrusted } from '../../src/certs/bundle/is-trusted.ts';
import { createWebhookStore } from '../../src/certs/bundle/webhook-store.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { FakeCluster, webhookPath } from './fake-cluster.ts';
import { createReplica } from './replica.ts';
import { TestClock } from './test-clock.ts';

let cluster: FakeCluster;
let clock: TestClock;
beforeEach(() => {
  cluster = new FakeCluster();
  clock = new TestClock();
});

async function withAuthority() {
  const one = createReplica(cluster, clock);
  await one.certificate.tend();
  return { one, bundle: cluster.secret('outrigger-ca').get('ca.crt') ?? '' };
}
const patches = () => cluster.requests.filter((line) => line.startsWith('PATCH')).length;

describe('caBundle', () => {
  test('is written into every entry of ours, and into no other', async () => {
    cluster.putWebhooks('injector', 'default', [
      { entry: 'namespace.sidecar-injector.istio.io' },
      { entry: 'validation.istio.io' },
      { service: 'istiod' },
      { namespace: 'other' },
      { url: 'https://elsewhere' },
      { entry: 'object.sidecar-injector.istio.io', bundle: 'stale' },
    ]);
    cluster.putWebhooks('tag', 'default', [{}]);
    cluster.putWebhooks('canary', 'canary', [{}]);
    const { one, bundle } = await withAuthority();
    await one.bundles.tend();
    expect(cluster.bundles('injector')).toEqual([bundle, '', '', '', '', bundle]);
    expect(cluster.bundles('tag')).toEqual([bundle]);
    expect(cluster.bundles('canary')).toEqual(['']);
  });

  test('is not written when it is right', async () => {
    const { one, bundle } = await withAuthority();
    cluster.putWebhooks('injector', 'default', [{ bundle }]);
    await one.bundles.tend();
    expect(patches()).toBe(0);
    expect(one.bundles.readiness()).toEqual([]);
  });

  test('is repaired when something overwrites it, and less often when that goes on', async () => {
    cluster.putWebhooks('injector', 'default', [{}]);
    const { one, bundle } = await withAuthority();
    for (let round = 0; round < 6; round++) {
      cluster.putWebhooks('injector', 'default', [{ bundle: 'other' }]);
      await one.bundles.tend();
      expect(cluster.bundles('injector')).toEqual([bundle]);
    }
    cluster.putWebhooks('injector', 'default', [{ bundle: 'other' }]);
    const due = await one.bundles.tend();
    expect(cluster.bundles('injector')).toEqual(['other']);
    expect(due.getTime() - clock.now().getTime()).toBe(5000);
    clock.advance(5000);
    await one.bundles.tend();
    expect(cluster.bundles('injector')).toEqual([bundle]);
    const warnings = one.lines.filter((line) => line.includes('keeps overwriting'));
    expect(warnings).toHaveLength(1);
  });

  test('is written anew when the configuration has changed in between', async () => {
    cluster.putWebhooks('injector', 'default', [{}]);
    const { one, bundle } = await withAuthority();
    let disturbed = false;
    cluster.refuse = ({ method }) => {
      if (method === 'PATCH' && !disturbed) {
        disturbed = true;
        cluster.putWebhooks('injector', 'default', [{}, {}]);
      }
      return undefined;
    };
    await one.bundles.tend();
    expect(cluster.bundles('injector')).toEqual([bundle, bundle]);
    expect(patches()).toBe(2);
  });

  test('makes the server wait until it has been written, but not without the right to', async () => {
    cluster.putWebhooks('injector', 'default', [{}]);
    const one = createReplica(cluster, clock);
    await one.bundles.tend();
    expect(one.bundles.readiness()).toHaveLength(1);
    await one.certificate.tend();
    let status = 500;
    cluster.refuse = ({ method }) =>
      method === 'PATCH' ? new ApiError('PATCH /webhooks: refused', { status }) : undefined;
    await expect(one.bundles.tend()).rejects.toThrow('refused');
    expect(one.bundles.readiness()).toHaveLength(1);
    status = 403;
    await one.bundles.tend();
    await one.bundles.tend();
    expect(one.bundles.readiness()).toEqual([]);
    const warnings = one.lines.filter((line) =>
      line.includes('for want of the right to patch mutatingwebhookconfigurations'),
    );
    expect(warnings).toHaveLength(1);
    cluster.refuse = () => undefined;
    await one.bundles.tend();
    expect(one.lines.at(-1)).toBe('caBundle can be kept right now');
  });

  test('makes the server wait while the Secret may not be read', async () => {
    cluster.putWebhooks('injector', 'default', [{}]);
    const one = createReplica(cluster, clock);
    cluster.refuse = ({ path }) =>
      path.includes('/secrets') ? new ApiError('no Secret', { status: 403 }) : undefined;
    await expect(one.bundles.tend()).rejects.toThrow('what it should be: no Secret');
    expect(one.bundles.readiness()).toHaveLength(1);
  });

  test('of the other configurations is repaired even when one cannot be', async () => {
    cluster.putWebhooks('a', 'default', [{}]);
    cluster.putWebhooks('b', 'default', [{}]);
    const { one, bundle } = await withAuthority();
    cluster.refuse = ({ method, path }) =>
      method === 'PATCH' && path === webhookPath('a')
        ? new ApiError('broken', { status: 500 })
        : undefined;
    await expect(one.bundles.tend()).rejects.toThrow('broken');
    expect(cluster.bundles('b')).toEqual([bundle]);
  });
});

describe('whether a certificate is trusted', () => {
  const store = () => createWebhookStore(cluster.api, '', { name: 'outrigger', namespace: 'mesh' });

  test('depends on every entry of ours', async () => {
    const { bundle } = await withAuthority();
    cluster.putWebhooks('injector', 'default', [{ bundle }, { bundle: bundle + bundle }]);
    expect(await isTrusted(store(), bundle)).toBe(true);
    cluster.putWebhooks('tag', 'default', [{ bundle: '' }]);
    expect(await isTrusted(store(), bundle)).toBe(false);
  });

  test('is denied when it cannot be found out', async () => {
    const { bundle } = await withAuthority();
    cluster.refuse = () => new ApiError('no', { status: 403 });
    expect(await isTrusted(store(), bundle)).toBe(false);
  });
});
