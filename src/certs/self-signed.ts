import type { CertificatePair } from './certificate-pair.ts';
import { day, later } from './clock.ts';
import { makeCertificate } from './make-certificate.ts';

/** The certificate lives in memory only, so it has to outlast the process, and a restart makes a new one. */
const lifetime = 3650 * day;

/**
 * Makes a self-signed serving certificate with a P-256 key.
 *
 * @param names DNS names and IP addresses that the certificate is for; the first is its common name
 * @param now the time it is made
 */
export function selfSignedCertificate(
  names: readonly string[],
  now: Date,
): Promise<CertificatePair> {
  const commonName = names[0] ?? 'localhost';
  return makeCertificate({
    commonName,
    names,
    authority: false,
    now,
    notAfter: later(now, lifetime),
  });
}
