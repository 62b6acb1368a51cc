import { isIP } from 'node:net';
import { generate } from 'selfsigned';
import type { CertificatePair } from './certificate-pair.ts';

/** Tolerance for a client whose clock is behind. */
const backdatedMs = 5 * 60 * 1000;
/** The certificate lives in memory only, so it has to outlast the process, and a restart makes a new one. */
const lifetimeMs = 3650 * 24 * 60 * 60 * 1000;

/**
 * Makes a self-signed serving certificate with a P-256 key.
 *
 * @param names DNS names and IP addresses that the certificate is for; the first is its common name
 * @param now the time it is made
 */
export async function selfSignedCertificate(
  names: readonly string[],
  now: Date,
): Promise<CertificatePair> {
  const pair = await generate([{ name: 'commonName', value: names[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now.getTime() - backdatedMs),
    notAfterDate: new Date(now.getTime() + lifetimeMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: names.map((name) =>
          isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name },
        ),
      },
    ],
  });
  return { certificate: endLine(pair.cert), key: endLine(pair.private) };
}

/** PEM blocks that do not end their line cannot be strung together. */
function endLine(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
