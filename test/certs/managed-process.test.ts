import { X509Certificate } from 'node:crypto';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { checkLifetimes, defaultLifetimes } from '../../src/certs/authority/lifetimes.ts';
import type { CertificatePair } from '../../src/certs/certificate-pair.ts';
import { systemClock } from '../../src/certs/clock.ts';
import { startManagedCertificate } from '../../src/certs/start-managed-certificate.ts';
import { FakeCluster } from './fake-cluster.ts';

/** Machines that run many tests at once are slow. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });
const service = { name: 'outrigger', namespace: 'mesh' };
const authority = () => new X509Certificate(cluster.secret('outrigger-ca').get('tls.crt') ?? '');
let cluster: FakeCluster;

function start(manage: boolean) {
  const used: CertificatePair[] = [];
  const source = startManagedCertificate(
    { secret: 'outrigger-ca', lifetimes: defaultLifetimes, names: ['outrigger.mesh.svc'] },
    { api: cluster.api, revision: 'default', service, manage },
    {
      clock: systemClock,
      random: Math.random,
      logger: pino({ level: 'silent' }),
      use: (pair) => used.push(pair),
    },
  );
  return { source, used };
}

test('two processes that start at once agree on one authority, and repair what others overwrite', async () => {
  cluster = new FakeCluster();
  cluster.putWebhooks('injector', 'default', [{}]);
  const both = [start(true), start(true)];
  expect(both[0]?.source.readiness()).toHaveLength(2);
  await eventually(() => both.flatMap(({ source }) => source.readiness())).toEqual([]);
  for (const { used } of both) {
    expect(new X509Certificate(used[0]?.certificate ?? '').verify(authority().publicKey)).toBe(
      true,
    );
  }
  const right = [cluster.secret('outrigger-ca').get('ca.crt')];
  expect(cluster.bundles('injector')).toEqual(right);
  cluster.putWebhooks('injector', 'default', [{ bundle: 'other' }]);
  await eventually(() => cluster.bundles('injector')).toEqual(right);
  expect(both[0]?.source.status().authority?.notAfter).toEqual(authority().validToDate);
  await Promise.all(both.map(({ source }) => source.stop()));
});

test('without the wish to manage them, webhook configurations stay as they are', async () => {
  cluster = new FakeCluster();
  cluster.putWebhooks('injector', 'default', [{}]);
  const { source } = start(false);
  await eventually(() => source.readiness()).toEqual([]);
  await source.stop();
  expect(cluster.bundles('injector')).toEqual(['']);
});

test('lifetimes that leave no room for a rotation are refused', () => {
  expect(() => checkLifetimes(defaultLifetimes)).not.toThrow();
  expect(() => checkLifetimes({ authority: 100, certificate: 26, overlap: 1 })).toThrow('quarter');
  expect(() => checkLifetimes({ authority: 100, certificate: 25, overlap: 9 })).toThrow('twelfth');
});
