import type { X509Certificate } from 'node:crypto';

/** What `certs show` tells about a certificate; also the form of its JSON output. */
export interface CertificateFacts {
  /** File or address it comes from. */
  readonly source: string;
  /** Counts from 1 within the source. */
  readonly position: number;
  readonly subject: string;
  /** DNS names, addresses and URIs that it is for. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** RFC 3339. */
  readonly notBefore: string;
  readonly notAfter: string;
  readonly state: 'valid' | 'expired' | 'not yet valid';
  readonly authority: boolean;
  /** Such as `EC prime256v1` or `RSA 2048`. */
  readonly key: string;
  readonly serialNumber: string;
  /** SHA-256. */
  readonly fingerprint: string;
}

/** Reads the facts out of a certificate. */
export function certificateFacts(
  certificate: X509Certificate,
  source: string,
  position: number,
  now: Date,
): CertificateFacts {
  const { validFromDate, validToDate } = certificate;
  return {
    source,
    position,
    subject: oneLine(certificate.subject),
    names: alternativeNames(certificate.subjectAltName ?? ''),
    issuer: oneLine(certificate.issuer),
    notBefore: validFromDate.toISOString(),
    notAfter: validToDate.toISOString(),
    state: now < validFromDate ? 'not yet valid' : now >= validToDate ? 'expired' : 'valid',
    authority: certificate.ca,
    key: keyOf(certificate),
    serialNumber: certificate.serialNumber,
    fingerprint: certificate.fingerprint256,
  };
}

/** Node puts every part of a name on a line of its own; there may be none at all. */
function oneLine(name: string | undefined): string {
  return (name ?? '').trim().split('\n').join(', ');
}

/** `DNS:a, IP Address:127.0.0.1`; what could be misread is in JSON quotes. */
function alternativeNames(text: string): string[] {
  return [...text.matchAll(/(?:^|, )[\w ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g)].map(
    ([, name = '']) => name,
  );
}

function keyOf({ publicKey }: X509Certificate): string {
  const type = (publicKey.asymmetricKeyType ?? 'unknown').toUpperCase();
  const { namedCurve, modulusLength } = publicKey.asymmetricKeyDetails ?? {};
  return [type, namedCurve ?? modulusLength ?? ''].join(' ').trim();
}
