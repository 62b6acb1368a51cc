import { createPrivateKey } from 'node:crypto';
import { isIP } from 'node:net';
import { generate } from 'selfsigned';
import type { CertificatePair } from './certificate-pair.ts';
import { later, minute } from './clock.ts';

/** Tolerance for a client whose clock is behind. */
const backdated = 5 * minute;

/** What a certificate says. */
export interface CertificateRequest {
  readonly commonName: string;
  /** DNS names and IP addresses that it is for; none for a certificate authority. */
  readonly names: readonly string[];
  /** Whether it may sign others instead of serving. */
  readonly authority: boolean;
  /** The time it is made; it is valid from shortly before. */
  readonly now: Date;
  readonly notAfter: Date;
}

/**
 * Makes a certificate with a new P-256 key (RSA where the issuer has an RSA key). This module is slow to load,
 * and of no use to a server that is given its certificate.
 *
 * @param issuer who signs it; itself when absent
 */
export async function makeCertificate(
  request: CertificateRequest,
  issuer?: CertificatePair,
): Promise<CertificatePair> {
  const pair = await generate([{ name: 'commonName', value: request.commonName }], {
    keyType: issuer === undefined ? 'ec' : keyType(issuer),
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: later(request.now, -backdated),
    notAfterDate: request.notAfter,
    extensions: request.authority
      ? [
          // Its certificates serve; it has no further authorities below it.
          { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
          { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
        ]
      : [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: request.names.map(alternativeName) },
        ],
    ...(issuer === undefined ? {} : { ca: { cert: issuer.certificate, key: issuer.key } }),
  });
  return { certificate: endLine(pair.cert), key: endLine(pair.private) };
}

/** The library signs with the kind of key that it makes: an issuer's RSA key cannot sign for an EC key. */
function keyType(issuer: CertificatePair): 'ec' | 'rsa' {
  return createPrivateKey(issuer.key).asymmetricKeyType === 'rsa' ? 'rsa' : 'ec';
}

function alternativeName(name: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}

/** PEM blocks that do not end their line cannot be strung together. */
function endLine(pem: string): string {
  return pem.endsWith('\n') ? pem : `${pem}\n`;
}
