import { X509Certificate } from 'node:crypto';
import { OutriggerError } from '../errors.ts';

const block = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** A certificate out of PEM text. */
export interface PemCertificate {
  /** Its own block, with a line end. */
  readonly pem: string;
  readonly parsed: X509Certificate;
}

/**
 * Every certificate in a PEM text, in order; text around them and blocks of other kinds are passed over.
 *
 * @param what names the text in an error, such as `ca.crt of Secret a/b`
 * @throws OutriggerError `OUTRIGGER_CERTIFICATE` when a block is not a certificate
 */
export function pemCertificates(text: string, what: string): readonly PemCertificate[] {
  return (text.match(block) ?? []).map((pem, index) => {
    try {
      return { pem: `${pem}\n`, parsed: new X509Certificate(pem) };
    } catch (cause) {
      throw new OutriggerError(
        'OUTRIGGER_CERTIFICATE',
        `${what}: certificate ${index + 1} in it cannot be read`,
        { cause },
      );
    }
  });
}

/** The certificates of several texts strung together, each only once. */
export function joinCertificates(...pems: readonly string[]): string {
  return [...new Set(pems)].join('');
}
