import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../../src/certs/authority/make-authority.ts';
import type { CertificatePair } from '../../src/certs/certificate-pair.ts';
import { systemClock } from '../../src/certs/clock.ts';
import { createFileCertificate } from '../../src/certs/files/file-certificate.ts';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { startFileCertificate } from '../../src/certs/start-file-certificate.ts';
import { FakeCluster } from './fake-cluster.ts';
import { lifetimes } from './replica.ts';
import { TestClock } from './test-clock.ts';

/** Machines that run many tests at once are slow. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });
let folder: string;
let clock: TestClock;
const logger = pino({ level: 'silent' });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certs-'));
  clock = new TestClock();
});
afterEach(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
const make = (name = 'localhost') => selfSignedCertificate([name], clock.now());

async function write(pair: CertificatePair, into = folder): Promise<void> {
  await writeFile(join(into, 'tls.crt'), pair.certificate);
  await writeFile(join(into, 'tls.key'), pair.key);
}

/** The serving certificate of the folder, without loops and watches. */
function fileCertificate(authorityFile?: string) {
  const used: CertificatePair[] = [];
  /** How many certificates had been used when `caBundle` had to change. */
  const told: number[] = [];
  const certificate = createFileCertificate({
    certificateFile: path('tls.crt'),
    keyFile: path('tls.key'),
    authorityFile,
    clock,
    logger,
    use: (pair) => used.push(pair),
    async bundleChanged() {
      told.push(used.length);
    },
  });
  return { certificate, used, told };
}

describe('a certificate from files', () => {
  test('is taken into use once, and again when it changes', async () => {
    const { certificate, used } = fileCertificate();
    const [one, two] = [await make(), await make()];
    await write(one);
    await certificate.tend();
    await certificate.tend();
    expect(used).toEqual([one]);
    await write(two);
    await certificate.tend();
    expect(used).toEqual([one, two]);
  });

  test('stays in use while certificate and key do not fit', async () => {
    const { certificate, used } = fileCertificate();
    const [one, two] = [await make(), await make()];
    await write(one);
    await certificate.tend();
    await writeFile(path('tls.crt'), two.certificate);
    await expect(certificate.tend()).rejects.toThrow('does not belong');
    await writeFile(path('tls.key'), two.key.slice(0, 70));
    await expect(certificate.tend()).rejects.toThrow('no private key');
    expect(used).toEqual([one]);
    expect(certificate.readiness()).toEqual([]);
    await writeFile(path('tls.key'), two.key);
    await certificate.tend();
    expect(used).toEqual([one, two]);
  });

  test('makes the server wait for it, and unready when it has expired', async () => {
    const { certificate } = fileCertificate();
    await expect(certificate.tend()).rejects.toThrow('cannot be read');
    expect(certificate.readiness()[0]).toContain('no usable certificate');
    await write(await make());
    await certificate.tend();
    expect(certificate.readiness()).toEqual([]);
    clock.advance(4000 * 86_400_000);
    expect(certificate.readiness()[0]).toContain('has expired');
  });

  test('of another authority is only used after clients were told of it', async () => {
    const [one, two, authority, other] = await Promise.all([
      make(),
      make(),
      makeAuthority(clock.now(), lifetimes),
      makeAuthority(clock.now(), lifetimes),
    ]);
    await write(one);
    await writeFile(path('ca.crt'), authority.certificate);
    const { certificate, used, told } = fileCertificate(path('ca.crt'));
    await certificate.tend();
    expect([used, told]).toEqual([[one], [0]]);
    await write(two);
    await writeFile(path('ca.crt'), other.certificate);
    const due = await certificate.tend();
    expect([used, told]).toEqual([[one], [0, 1]]);
    expect(due.getTime() - clock.now().getTime()).toBe(1000);
    await certificate.tend();
    expect([used, told]).toEqual([
      [one, two],
      [0, 1],
    ]);
    await rm(path('ca.crt'));
    await write(one);
    await expect(certificate.tend()).rejects.toThrow('certificate authority cannot be read');
    expect(used).toEqual([one, two, one]);
  });

  test('gives a bundle that keeps what other replicas may still serve with', async () => {
    const [ours, theirs, old] = await Promise.all([
      makeAuthority(clock.now(), lifetimes),
      makeAuthority(clock.now(), lifetimes),
      makeAuthority(clock.now(), { ...lifetimes, authority: 1000 }),
    ]);
    clock.advance(2000);
    await write(await make());
    await writeFile(path('ca.crt'), ours.certificate);
    const { certificate } = fileCertificate(path('ca.crt'));
    expect(await certificate.wanted?.instead('')).toBeUndefined();
    await certificate.tend();
    const { wanted } = certificate;
    const both = ours.certificate + theirs.certificate;
    expect(wanted?.isRight(theirs.certificate)).toBe(false);
    expect(await wanted?.instead(theirs.certificate + old.certificate)).toBe(both);
    expect(await wanted?.instead('nonsense')).toBe(ours.certificate);
    expect(wanted?.isRight(theirs.certificate + ours.certificate)).toBe(true);
  });
});

describe('mounted files', () => {
  test('are followed through the symlink that the kubelet turns, and written to caBundle', async () => {
    const cluster = new FakeCluster();
    cluster.putWebhooks('injector', 'default', [{}]);
    const authority = await makeAuthority(new Date(), { ...lifetimes, authority: 1e9 });
    const [one, two] = await Promise.all([
      selfSignedCertificate(['a'], new Date()),
      selfSignedCertificate(['b'], new Date()),
    ]);
    for (const [name, pair] of [
      ['..1', one],
      ['..2', two],
    ] as const) {
      await mkdir(path(name));
      await write(pair, path(name));
      await writeFile(join(path(name), 'ca.crt'), authority.certificate);
    }
    await symlink('..1', path('..data'));
    for (const name of ['tls.crt', 'tls.key', 'ca.crt'])
      await symlink(`..data/${name}`, path(name));

    const used: CertificatePair[] = [];
    const service = { name: 'outrigger', namespace: 'mesh' };
    const source = startFileCertificate(
      { certificate: path('tls.crt'), key: path('tls.key'), authority: path('ca.crt') },
      { api: cluster.api, revision: '', service, manage: true },
      { clock: systemClock, random: Math.random, logger, use: (pair) => used.push(pair) },
    );
    await eventually(() => used).toEqual([one]);
    await eventually(() => cluster.bundles('injector')).toEqual([authority.certificate]);
    await eventually(() => source.readiness()).toEqual([]);
    // The watch has to be in place first.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await symlink('..2', path('..data_tmp'));
    await rename(path('..data_tmp'), path('..data'));
    await eventually(() => used).toEqual([one, two]);
    await source.stop();
  });
});
