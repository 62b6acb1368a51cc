import { X509Certificate } from 'node:crypto';
import type { CertificatePair } from '../certificate-pair.ts';
import type { Validity } from '../certificate-source.ts';
import { joinCertificates } from '../pem-certificates.ts';

/** A certificate authority: its certificate and the key that it signs with. */
export interface Authority extends CertificatePair, Validity {
  /** SHA-256, as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint: string;
}

/** An authority that signs nothing any more, but whose certificates may still be in use. */
export interface RetiredAuthority {
  readonly certificate: string;
  readonly fingerprint: string;
  /** When the last certificate that it can have signed is gone. */
  readonly until: Date;
}

/**
 * The certificate authorities that all replicas share. A rotation goes through three states: the next authority
 * is added, so that clients get to know it; it becomes the active one, and the old one retires; the retired one
 * is dropped when nothing that it signed can be in use.
 */
export interface AuthorityState {
  /** Signs. */
  readonly active: Authority;
  /** Is trusted, but does not sign yet; `since` is missing where somebody put it there by hand. */
  readonly next: { readonly authority: Authority; readonly since: Date | undefined } | undefined;
  /** Are still trusted, and do not sign any more. */
  readonly retired: readonly RetiredAuthority[];
}

/** What clients have to trust: PEM text, the active authority first. */
export function bundleOf({ active, next, retired }: AuthorityState): string {
  return joinCertificates(
    active.certificate,
    ...(next === undefined ? [] : [next.authority.certificate]),
    ...retired.map(({ certificate }) => certificate),
  );
}

/** Adds to a pair what is to be known about it. */
export function toAuthority(pair: CertificatePair): Authority {
  const parsed = new X509Certificate(pair.certificate);
  return {
    ...pair,
    notBefore: parsed.validFromDate,
    notAfter: parsed.validToDate,
    fingerprint: parsed.fingerprint256,
  };
}
