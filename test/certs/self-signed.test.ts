import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { servingNames } from '../../src/certs/serving-names.ts';

const now = new Date('2026-05-01T12:00:00Z');

describe('the self-signed certificate', () => {
  test('is for every name it is asked for, DNS names and IP addresses', async () => {
    const pair = await selfSignedCertificate(
      servingNames('injector', 'mesh', ['more.example']),
      now,
    );
    const certificate = new X509Certificate(pair.certificate);
    for (const host of [
      'injector.mesh.svc',
      'injector.mesh.svc.cluster.local',
      'injector.mesh',
      'injector',
      'more.example',
      'localhost',
    ]) {
      expect(certificate.checkHost(host)).toBe(host);
    }
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('injector.other.svc')).toBeUndefined();
  });

  test('has a P-256 key of its own, signs for itself and is for servers', async () => {
    const pair = await selfSignedCertificate(['localhost'], now);
    const certificate = new X509Certificate(pair.certificate);
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.checkPrivateKey(createPrivateKey(pair.key))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('is valid from shortly before it was made', async () => {
    const { certificate } = await selfSignedCertificate(['localhost'], now);
    const { validFromDate, validToDate } = new X509Certificate(certificate);
    expect(validFromDate.toISOString()).toBe('2026-05-01T11:55:00.000Z');
    expect(validToDate.toISOString()).toBe('2036-04-28T12:00:00.000Z');
  });

  test('is another one every time', async () => {
    const [one, two] = await Promise.all([
      selfSignedCertificate(['localhost'], now),
      selfSignedCertificate(['localhost'], now),
    ]);
    expect(new X509Certificate(one.certificate).serialNumber).not.toBe(
      new X509Certificate(two.certificate).serialNumber,
    );
  });
});

test('serving names begin with what the API server verifies, and none comes twice', () => {
  const names = servingNames('a', 'b', ['localhost', 'a.b.svc']);
  expect(names[0]).toBe('a.b.svc');
  expect(new Set(names).size).toBe(names.length);
});
