import type { Command } from 'commander';
import { commaList } from '../comma-list.ts';
import { duration } from '../duration.ts';

/** Adds the flags of `serve` that are about certificates. */
export function addCertificateFlags(command: Command): void {
  command
    .option('--tlsCertFile <file>', 'serving certificate in PEM form, issuers after it; followed')
    .option('--tlsKeyFile <file>', 'private key of the certificate in PEM form; followed')
    .option('--caCertFile <file>', 'who signed the serving certificate, for caBundle; followed')
    .option(
      '--clientCAFile <file>',
      'clients need a certificate that one of these authorities signed; followed',
    )
    .option(
      '--tls-names <names>',
      'more names for certificates that we make, with commas in between',
      commaList,
      [],
    )
    .option(
      '--service <name[.namespace]>',
      'Service that the API server calls; in a pod outrigger, or outrigger-<revision>, in its namespace',
    )
    .option('--no-manage-webhook', 'leave caBundle of the webhook configurations alone')
    .option('--ca-secret <name>', 'Secret with the certificate authority', 'outrigger-ca')
    .option('--ca-lifetime <duration>', 'of a certificate authority; 730d when absent', duration)
    .option('--cert-lifetime <duration>', 'of a serving certificate; 7d when absent', duration)
    .option(
      '--ca-overlap <duration>',
      'how long a new authority is trusted before it signs; 10m when absent',
      duration,
    );
}
