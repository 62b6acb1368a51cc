import { issueCertificate, makeAuthority } from '../../certs/authority/make-authority.ts';
import { day } from '../../certs/clock.ts';
import { servingNames } from '../../certs/serving-names.ts';
import type { CliContext } from '../context.ts';
import type { CreateOptions } from './certs-options.ts';
import { writeFiles } from './write-files.ts';

/**
 * Makes a certificate authority and a serving certificate, and writes them to files.
 *
 * @throws OutriggerError `OUTRIGGER_FILE` when files exist, or cannot be written
 */
export async function createCertificates(
  options: CreateOptions,
  context: CliContext,
  now: Date,
): Promise<void> {
  const lifetime = options.days * day;
  const lifetimes = { authority: lifetime, certificate: lifetime, overlap: 0 };
  const names = servingNames(options.service, options.namespace, options.tlsNames);
  const authority = await makeAuthority(now, lifetimes);
  const { pair } = await issueCertificate(authority, names, now, lifetimes);
  const written = writeFiles(
    options.dir,
    [
      { name: 'ca.key', text: authority.key, secret: true },
      { name: 'tls.key', text: pair.key, secret: true },
      { name: 'ca.crt', text: authority.certificate, secret: false },
      { name: 'tls.crt', text: pair.certificate, secret: false },
    ],
    options.force ?? false,
  );
  context.stdout.write(`${written.join('\n')}\n`);
}
