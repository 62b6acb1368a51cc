import type { CertificatePair } from '../../certs/certificate-pair.ts';
import { loadCertificate } from '../../certs/load-certificate.ts';
import { servingNames } from '../../certs/serving-names.ts';
import { OutriggerError } from '../../errors.ts';
import type { ServeOptions } from './serve-options.ts';

/** A certificate to serve with, and how to tell people about it. */
export interface ServingCertificate {
  readonly pair: CertificatePair;
  /** Such as `from /etc/tls/tls.crt, valid until …`. */
  readonly description: string;
  /** The names a self-signed certificate was made for; empty for one from a file. */
  readonly names: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Gets the certificate that the flags ask for: from files, else self-signed for the Service `outrigger`.
 *
 * @param namespace where the server runs, undefined outside of a cluster
 * @throws OutriggerError when only one of two files is named, or one cannot be used
 */
export async function servingCertificate(
  options: Pick<ServeOptions, 'tlsCertFile' | 'tlsKeyFile' | 'tlsNames'>,
  namespace: string | undefined,
  now: Date,
): Promise<ServingCertificate> {
  const { tlsCertFile, tlsKeyFile } = options;
  if (tlsCertFile !== undefined && tlsKeyFile !== undefined) {
    const { pair, notAfter, warnings } = await loadCertificate(tlsCertFile, tlsKeyFile, now);
    const description = `from ${tlsCertFile}, valid until ${notAfter.toISOString()}`;
    return { pair, description, names: [], warnings };
  }
  if (tlsCertFile !== undefined || tlsKeyFile !== undefined) {
    const [given, missing] =
      tlsKeyFile === undefined
        ? ['--tlsCertFile', '--tlsKeyFile']
        : ['--tlsKeyFile', '--tlsCertFile'];
    throw new OutriggerError('OUTRIGGER_USAGE', `${given} needs ${missing} next to it`, {
      hint: 'Give both files, or neither for a self-signed certificate.',
    });
  }
  const names = servingNames('outrigger', namespace ?? 'istio-system', options.tlsNames);
  // Slow to load, and of no use to a server that is given its certificate.
  const { selfSignedCertificate } = await import('../../certs/self-signed.ts');
  const pair = await selfSignedCertificate(names, now);
  return { pair, description: 'self-signed, made at this start', names, warnings: [] };
}
