import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { OutriggerError } from '../errors.ts';
import type { CertificatePair } from './certificate-pair.ts';
import type { Validity } from './certificate-source.ts';
import { readPem } from './files/read-pem.ts';

/** A certificate that was read from files, and what its user should know about it. */
export interface LoadedCertificate extends Validity {
  readonly pair: CertificatePair;
  /** Things that are wrong with the certificate but do not keep the server from using it. */
  readonly warnings: readonly string[];
}

/**
 * Reads a serving certificate and its key, both PEM, and checks that they fit.
 *
 * @param now for judging whether the certificate is valid; one that is not gives a warning, because refusing to
 *   serve would take injection down for good, and a later renewal could not be picked up
 * @throws OutriggerError `OUTRIGGER_FILE` when a file cannot be read, `OUTRIGGER_CERTIFICATE` when its content
 *   is no certificate or key, or the two do not belong together
 */
export async function loadCertificate(
  certificateFile: string,
  keyFile: string,
  now: Date,
): Promise<LoadedCertificate> {
  // One after the other, so that the same fault always gives the same error.
  const certificate = await readPem(certificateFile, 'TLS certificate');
  const key = await readPem(keyFile, 'TLS key');
  const parsed = parseCertificate(certificate, certificateFile);
  if (!parsed.checkPrivateKey(parseKey(key, keyFile))) {
    throw new OutriggerError(
      'OUTRIGGER_CERTIFICATE',
      `the key does not belong to the certificate in ${certificateFile}`,
      {
        place: { file: keyFile },
        hint: 'Give both files of the same pair; the serving certificate comes first in its file, its issuers after it.',
      },
    );
  }
  return {
    pair: { certificate, key },
    notBefore: parsed.validFromDate,
    notAfter: parsed.validToDate,
    warnings: validityWarnings(parsed, certificateFile, now),
  };
}

function parseCertificate(pem: string, file: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new OutriggerError('OUTRIGGER_CERTIFICATE', 'there is no certificate in PEM form', {
      place: { file },
      hint: 'It must hold a block that starts with -----BEGIN CERTIFICATE-----.',
      cause,
    });
  }
}

function parseKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    const encrypted = pem.includes('ENCRYPTED');
    throw new OutriggerError(
      'OUTRIGGER_CERTIFICATE',
      encrypted
        ? 'the private key is protected by a passphrase'
        : 'there is no private key in PEM form',
      {
        place: { file },
        hint: encrypted
          ? 'Give the key without a passphrase, and guard the file instead.'
          : 'It must hold a block such as -----BEGIN PRIVATE KEY-----.',
        cause,
      },
    );
  }
}

function validityWarnings(certificate: X509Certificate, file: string, now: Date): string[] {
  if (now > new Date(certificate.validTo)) {
    return [`the certificate in ${file} expired on ${certificate.validTo}: clients will refuse it`];
  }
  if (now < new Date(certificate.validFrom)) {
    return [
      `the certificate in ${file} is not valid before ${certificate.validFrom}: clients will refuse it until then`,
    ];
  }
  return [];
}
