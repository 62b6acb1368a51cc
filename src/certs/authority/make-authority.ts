import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { CertificatePair } from '../certificate-pair.ts';
import type { Validity } from '../certificate-source.ts';
import { earliest, later } from '../clock.ts';
import { makeCertificate } from '../make-certificate.ts';
import { type Authority, toAuthority } from './authority-state.ts';
import type { Lifetimes } from './lifetimes.ts';

/**
 * Makes a certificate authority. Each has a name of its own: clients find the issuer of a certificate by name,
 * and two of the same name would be mistaken for one another.
 */
export async function makeAuthority(now: Date, { authority }: Lifetimes): Promise<Authority> {
  const pair = await makeCertificate({
    commonName: `Outrigger CA ${randomBytes(6).toString('hex')}`,
    names: [],
    authority: true,
    now,
    notAfter: later(now, authority),
  });
  return toAuthority(pair);
}

/** A serving certificate, and what is to be known about it. */
export interface IssuedCertificate extends Validity {
  readonly pair: CertificatePair;
  /** Fingerprint of the authority that signed it. */
  readonly issuer: string;
}

/**
 * Issues a serving certificate. It never outlives the authority.
 *
 * @param names DNS names and IP addresses that it is for
 */
export async function issueCertificate(
  authority: Authority,
  names: readonly string[],
  now: Date,
  { certificate }: Lifetimes,
): Promise<IssuedCertificate> {
  const notAfter = earliest(later(now, certificate), authority.notAfter);
  const pair = await makeCertificate(
    { commonName: commonName(names), names, authority: false, now, notAfter },
    authority,
  );
  return { pair, notBefore: now, notAfter, issuer: authority.fingerprint };
}

/** Only for people to read, and X.509 allows it no more than 64 characters. */
function commonName(names: readonly string[]): string {
  return names.find((name) => isIP(name) === 0 && name.length <= 64) ?? 'outrigger';
}
