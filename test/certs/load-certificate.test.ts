import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CertificatePair } from '../../src/certs/certificate-pair.ts';
import { loadCertificate } from '../../src/certs/load-certificate.ts';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import type { OutriggerError } from '../../src/errors.ts';

const now = new Date('2026-05-01T12:00:00Z');
let folder: string;
let pair: CertificatePair;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certs-'));
  pair = await selfSignedCertificate(['localhost'], now);
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const good = async () =>
  [await file('tls.crt', pair.certificate), await file('tls.key', pair.key)] as const;

async function failure(certificateFile: string, keyFile: string): Promise<OutriggerError> {
  return loadCertificate(certificateFile, keyFile, now).then(
    () => expect.fail('no error'),
    (error: OutriggerError) => error,
  );
}

describe('a serving certificate from files', () => {
  test('is handed over as it is', async () => {
    const loaded = await loadCertificate(...(await good()), now);
    expect(loaded.pair).toEqual(pair);
    expect(loaded.warnings).toEqual([]);
    expect(loaded.notAfter.toISOString()).toBe('2036-04-28T12:00:00.000Z');
  });

  test('may have its issuers after it', async () => {
    const other = await selfSignedCertificate(['issuer'], now);
    const chain = await file('chain.crt', pair.certificate + other.certificate);
    const [, key] = await good();
    expect((await loadCertificate(chain, key, now)).warnings).toEqual([]);
  });

  test('is served with a warning after it has expired, and before it is valid', async () => {
    const files = await good();
    const late = await loadCertificate(...files, new Date('2040-01-01T00:00:00Z'));
    expect(late.warnings).toEqual([expect.stringContaining('expired on Apr 28')]);
    const early = await loadCertificate(...files, new Date('2020-01-01T00:00:00Z'));
    expect(early.warnings).toEqual([expect.stringContaining('not valid before')]);
  });

  test('a missing file is an error that names it', async () => {
    const [certificate, key] = await good();
    const absent = join(folder, 'absent');
    expect(await failure(absent, key)).toMatchObject({
      code: 'OUTRIGGER_FILE',
      message: expect.stringContaining('certificate cannot be read: no such file'),
      place: { file: absent },
    });
    expect(await failure(certificate, absent)).toMatchObject({
      code: 'OUTRIGGER_FILE',
      message: expect.stringContaining('key cannot be read: no such file'),
      place: { file: absent },
    });
  });

  test('a key of another certificate is an error', async () => {
    const [certificate] = await good();
    const other = await file('other.key', (await selfSignedCertificate(['x'], now)).key);
    expect(await failure(certificate, other)).toMatchObject({
      code: 'OUTRIGGER_CERTIFICATE',
      message: expect.stringContaining('does not belong to the certificate'),
    });
  });

  test('a file without a certificate or key is an error that never quotes the key', async () => {
    const [certificate, key] = await good();
    expect(await failure(key, key)).toMatchObject({
      code: 'OUTRIGGER_CERTIFICATE',
      message: expect.stringContaining('no certificate in PEM form'),
    });
    const error = await failure(certificate, await file('broken.key', pair.key.slice(0, 80)));
    expect(error).toMatchObject({
      code: 'OUTRIGGER_CERTIFICATE',
      message: expect.stringContaining('no private key in PEM form'),
    });
    expect(`${error.message} ${String(error.cause)}`).not.toContain(pair.key.slice(30, 70));
    expect(await failure(await file('empty.crt', ''), key)).toMatchObject({
      code: 'OUTRIGGER_CERTIFICATE',
    });
  });

  test('a key with a passphrase is an error that says so', async () => {
    const [certificate] = await good();
    const locked = createPrivateKey(pair.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'secret',
    });
    expect(await failure(certificate, await file('locked.key', String(locked)))).toMatchObject({
      code: 'OUTRIGGER_CERTIFICATE',
      message: expect.stringContaining('passphrase'),
    });
  });
});
