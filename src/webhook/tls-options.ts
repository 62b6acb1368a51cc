import type { ServerOptions } from 'node:https';
import type { CertificatePair } from '../certs/certificate-pair.ts';

/**
 * How the server speaks TLS: version 1.2 or newer, HTTP/1.1 only. The API server prefers HTTP/2 but falls back,
 * and over HTTP/1.1 it spreads its calls over connections, and so over replicas.
 */
export function tlsOptions(pair: CertificatePair): ServerOptions {
  return {
    cert: pair.certificate,
    key: pair.key,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // The default is two minutes, which is long for somebody who only opens connections.
    handshakeTimeout: 10_000,
  };
}
