import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';

/** While clients go on refusing the certificate, it is said again this often. */
const reminderMs = 5 * 60_000;

/** What a client that verifies our certificate, and does not believe it, sends (RFC 8446, section 6.2). */
const distrust =
  /ALERT_(?:BAD_CERTIFICATE|UNKNOWN_CA|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|CERTIFICATE_REVOKED|UNSUPPORTED_CERTIFICATE)$/;

/** OpenSSL's own word for it, such as `tlsv1 alert unknown ca`, is where the message is long. */
type HandshakeError = NodeJS.ErrnoException & { readonly reason?: string };

/**
 * Logs TLS handshakes that fail. A client that refuses the certificate is a warning, now and then: when it is the
 * API server, no pod gets through. Port scans and probes that only connect are nothing to talk about.
 */
export function logHandshakeFailures(
  logger: Logger,
): (error: HandshakeError, socket: TLSSocket) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  let since = 0;
  return (error, { remoteAddress }) => {
    const fields = { error: error.reason ?? error.message, client: remoteAddress };
    if (!distrust.test(error.code ?? '')) {
      logger.debug(fields, 'TLS handshake failed');
      return;
    }
    since++;
    const now = performance.now();
    if (now - saidAt < reminderMs) {
      logger.debug(fields, 'a client does not trust the certificate');
      return;
    }
    logger.warn(
      {
        ...fields,
        times: since,
        hint: 'If it is the API server: caBundle is not right, or the certificate is for another name; see "outrigger doctor".',
      },
      'a client does not trust the certificate',
    );
    saidAt = now;
    since = 0;
  };
}
