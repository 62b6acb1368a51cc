import type { ServerOptions } from 'node:https';
import type { CertificatePair } from '../certs/certificate-pair.ts';

/**
 * How the server speaks TLS: version 1.2 or newer, HTTP/1.1 only. The API server prefers HTTP/2 but falls back,
 * and over HTTP/1.1 it spreads its calls over connections, and so over replicas.
 *
 * @param clientAuthorities PEM text: clients are asked for a certificate of these; undefined not to ask them
 */
export function tlsOptions(pair: CertificatePair, clientAuthorities?: string): ServerOptions {
  return {
    // Probes have no certificate: who needs one is decided by the path.
    ...(clientAuthorities !== undefined && {
      ca: clientAuthorities,
      requestCert: true,
      rejectUnauthorized: false,
    }),
    cert: pair.certificate,
    key: pair.key,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // The default is two minutes, which is long for somebody who only opens connections.
    handshakeTimeout: 10_000,
  };
}
