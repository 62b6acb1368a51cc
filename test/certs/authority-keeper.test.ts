import { X509Certificate } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../src/certs/authority/make-authority.ts';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { FakeCluster, secretPath } from './fake-cluster.ts';
import { createReplica, lifetimes } from './replica.ts';
import { TestClock } from './test-clock.ts';

let cluster: FakeCluster;
let clock: TestClock;
beforeEach(() => {
  cluster = new FakeCluster();
  clock = new TestClock();
});
const replica = () => createReplica(cluster, clock);
const secret = () => cluster.secret('outrigger-ca');
const parsed = (pem = '') => new X509Certificate(pem);

describe('the certificate authority', () => {
  test('is made by the first replica, and the others adopt it', async () => {
    const replicas = [replica(), replica(), replica()];
    await Promise.all(replicas.map(({ certificate }) => certificate.tend()));
    const made = replicas.flatMap(({ lines }) => lines).filter((line) => line.startsWith('made'));
    expect(made).toEqual(['made a certificate authority']);
    const authority = parsed(secret().get('tls.crt'));
    for (const { served } of replicas) {
      const leaf = parsed(served()?.certificate);
      expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true);
    }
    const keys = replicas.map(({ served }) => served()?.key);
    expect(new Set(keys).size).toBe(3);
  });

  test('is a TLS Secret with a P-256 authority in it', async () => {
    await replica().certificate.tend();
    expect(cluster.get(secretPath('outrigger-ca'))).toMatchObject({ type: 'kubernetes.io/tls' });
    expect([...secret().keys()].sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
    expect(secret().get('ca.crt')).toBe(secret().get('tls.crt'));
    const authority = parsed(secret().get('tls.crt'));
    expect(authority.ca).toBe(true);
    expect(authority.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
  });

  test('fills a Secret that was made empty, and keeps what else is in it', async () => {
    cluster.putSecret('outrigger-ca', { 'tls.crt': '', 'tls.key': '', note: 'mine' });
    await replica().certificate.tend();
    expect(parsed(secret().get('tls.crt')).ca).toBe(true);
    expect(secret().get('note')).toBe('mine');
  });

  test('may be put there by hand', async () => {
    const { certificate, key } = await makeAuthority(clock.now(), lifetimes);
    cluster.putSecret('outrigger-ca', { 'tls.crt': certificate, 'tls.key': key });
    const one = replica();
    await one.certificate.tend();
    expect(parsed(one.served()?.certificate).verify(parsed(certificate).publicKey)).toBe(true);
    expect(cluster.requests.filter((line) => !line.startsWith('GET'))).toEqual([]);
  });

  test.each([
    ['text', { 'tls.crt': 'nonsense', 'tls.key': 'nonsense' }, 'there is no certificate'],
    [
      'a broken certificate',
      { 'tls.crt': '-----BEGIN CERTIFICATE-----\nxx\n-----END CERTIFICATE-----', 'tls.key': 'k' },
      'certificate 1 in it cannot be read',
    ],
  ])('is left alone when it holds %s', async (_, data, message) => {
    cluster.putSecret('outrigger-ca', data);
    const one = replica();
    await expect(one.certificate.tend()).rejects.toThrow(message);
    expect(one.certificate.readiness()).toEqual(['there is no serving certificate yet']);
    expect(secret().get('tls.crt')).toBe(data['tls.crt']);
  });

  test('is refused without its key, with the key of another, and when it may not sign', async () => {
    const { certificate, key } = await makeAuthority(clock.now(), lifetimes);
    const leaf = await selfSignedCertificate(['x'], clock.now());
    for (const [data, message] of [
      [{ 'tls.crt': certificate }, 'does not belong'],
      [{ 'tls.crt': certificate, 'tls.key': leaf.key }, 'does not belong'],
      [{ 'tls.crt': leaf.certificate, 'tls.key': leaf.key }, "is not an authority's"],
    ] as const) {
      cluster.putSecret('outrigger-ca', data);
      const error = await replica()
        .certificate.tend()
        .catch((caught: Error) => caught);
      expect(String(error)).toContain(message);
      expect(String(error)).not.toContain(key.slice(30, 60));
    }
  });

  test('is made again when the Secret is deleted, with the same authority until a new one has taken over', async () => {
    const one = replica();
    await one.certificate.tend();
    const before = secret().get('tls.crt');
    cluster.delete(secretPath('outrigger-ca'));
    await one.certificate.tend();
    expect(secret().get('tls.crt')).toBe(before);
    expect(parsed(secret().get('next.crt')).ca).toBe(true);
    clock.advance(lifetimes.overlap);
    await one.certificate.tend();
    expect(secret().get('tls.crt')).not.toBe(before);
    expect(secret().get('ca.crt')).toContain(before);
  });

  test('is replaced at once when it had expired while nobody looked', async () => {
    await replica().certificate.tend();
    clock.advance(lifetimes.authority * 2);
    const one = replica();
    await one.certificate.tend();
    expect(one.lines).toContain('the certificate authority had expired: made a new one');
    expect(parsed(secret().get('tls.crt')).validToDate.getTime()).toBeGreaterThan(
      clock.now().getTime(),
    );
    expect(one.certificate.readiness()).toEqual([]);
  });
});

describe('a rotation', () => {
  /** Up to where the new authority is in the Secret. */
  async function introduced() {
    cluster.putWebhooks('injector', 'default', [{}]);
    const one = replica();
    await one.certificate.tend();
    await one.bundles.tend();
    clock.advance((lifetimes.authority * 2) / 3);
    await one.certificate.tend();
    return { one, old: secret().get('tls.crt') ?? '', next: secret().get('next.crt') ?? '' };
  }

  test('adds the new authority to the bundle before it signs anything', async () => {
    const { one, old, next } = await introduced();
    expect(secret().get('ca.crt')).toBe(old + next);
    expect(parsed(one.served()?.certificate).verify(parsed(old).publicKey)).toBe(true);
  });

  test('waits until every caBundle has the new authority, however long the overlap is over', async () => {
    const { one, old, next } = await introduced();
    clock.advance(lifetimes.overlap * 3);
    await one.certificate.tend();
    expect(secret().get('tls.crt')).toBe(old);
    await one.bundles.tend();
    expect(cluster.bundles('injector')).toEqual([old + next]);
    await one.certificate.tend();
    expect(secret().get('tls.crt')).toBe(next);
    expect(parsed(one.served()?.certificate).verify(parsed(next).publicKey)).toBe(true);
  });

  test('does not wait for longer than the old authority can stand', async () => {
    const { one, next } = await introduced();
    cluster.refuse = ({ path }) =>
      path.includes('webhook') ? new ApiError('no', { status: 403 }) : undefined;
    clock.advance(lifetimes.authority / 6);
    await one.certificate.tend();
    expect(secret().get('tls.crt')).toBe(next);
    expect(one.lines).toContainEqual(expect.stringContaining('is about to expire'));
  });

  test('drops the old authority when what it signed has expired', async () => {
    const { one, old, next } = await introduced();
    await one.bundles.tend();
    clock.advance(lifetimes.overlap);
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toBe(next + old);
    clock.advance(lifetimes.certificate + lifetimes.overlap - 1);
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toContain(old);
    clock.advance(1);
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toBe(next);
    expect([...secret().keys()].sort()).toEqual(['ca.crt', 'tls.crt', 'tls.key']);
  });

  test('can be begun by hand, and goes on with a time that was lost', async () => {
    const one = replica();
    await one.certificate.tend();
    const mine = await makeAuthority(clock.now(), lifetimes);
    const data = {
      ...Object.fromEntries(secret()),
      'next.crt': mine.certificate,
      'next.key': mine.key,
    };
    cluster.putSecret('outrigger-ca', data);
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toContain(mine.certificate);
    clock.advance(lifetimes.overlap);
    await one.certificate.tend();
    expect(secret().get('tls.crt')).toBe(mine.certificate);
  });

  test('keeps an authority in the bundle that somebody has added, until it expires', async () => {
    const one = replica();
    await one.certificate.tend();
    const mine = await makeAuthority(clock.now(), { ...lifetimes, authority: 10_000 });
    const own = secret().get('ca.crt') ?? '';
    cluster.putSecret('outrigger-ca', {
      ...Object.fromEntries(secret()),
      'ca.crt': own + mine.certificate,
    });
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toBe(own + mine.certificate);
    clock.advance(10_000);
    await one.certificate.tend();
    expect(secret().get('ca.crt')).toBe(own);
  });
});

describe('the serving certificate', () => {
  test('is renewed when a third of its time is left', async () => {
    const one = replica();
    const due = await one.certificate.tend();
    expect(due.getTime() - clock.now().getTime()).toBe((lifetimes.certificate * 2) / 3);
    clock.advance((lifetimes.certificate * 2) / 3 - 1);
    await one.certificate.tend();
    expect(one.uses()).toBe(1);
    clock.advance(1);
    await one.certificate.tend();
    expect(one.uses()).toBe(2);
  });

  test('is renewed from memory when the cluster cannot be asked and time runs out', async () => {
    const one = replica();
    await one.certificate.tend();
    cluster.refuse = () => new ApiError('down', { status: 500 });
    clock.advance((lifetimes.certificate * 3) / 4);
    await expect(one.certificate.tend()).rejects.toThrow('down');
    expect(one.uses()).toBe(1);
    clock.advance(lifetimes.certificate / 8);
    await expect(one.certificate.tend()).rejects.toThrow('down');
    expect(one.uses()).toBe(2);
    expect(one.certificate.readiness()).toEqual([]);
  });

  test('makes the server unready once it has expired', async () => {
    const one = replica();
    await one.certificate.tend();
    clock.advance(lifetimes.certificate);
    expect(one.certificate.readiness()).toEqual(['the serving certificate has expired']);
  });
});
