import { connect } from 'node:tls';

/** Where the API server sends reviews. */
export interface WebhookServer {
  readonly host: string;
  readonly port: number;
  /** The name that the certificate must be for. */
  readonly servername: string;
  /** PEM text of those that it may be signed by; empty for those that everybody trusts. */
  readonly bundle: string;
  /** From here, the address may lead to somebody else: only a certificate for the right name counts. */
  readonly outside: boolean;
}

const patienceMs = 1_000;

/**
 * Why the API server would not trust what answers there; undefined when it would, or nothing answers. Only a
 * handshake takes place.
 */
export function webhookDistrust(server: WebhookServer): Promise<string | undefined> {
  const { host, port, servername, bundle, outside } = server;
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port,
      servername,
      ...(bundle !== '' && { ca: bundle }),
      rejectUnauthorized: false,
      timeout: patienceMs,
    });
    const end = (reason: string | undefined) => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('secureConnect', () => {
      const { authorized, authorizationError } = socket;
      if (authorized) return end(undefined);
      const names = socket.getPeerCertificate().subjectaltname ?? '';
      if (outside && !names.split(', ').includes(`DNS:${servername}`)) return end(undefined);
      end(String(authorizationError));
    });
    socket.once('timeout', () => end(undefined));
    socket.once('error', () => end(undefined));
  });
}
