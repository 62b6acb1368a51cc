/** What a TLS server shows of itself. Exports: {@link servedChain}, {@link ServedChain}, {@link Dial}. */
import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { OutriggerError } from '../errors.ts';

/** Where to connect to, and by what to judge. */
export interface Dial {
  readonly host: string;
  readonly port: number;
  /** The name to ask for, and to find in the certificate; the host when absent, if that is a name. */
  readonly servername?: string;
  /** PEM text of the authorities that are trusted; those of Node.js when absent. */
  readonly ca?: string;
  /** Milliseconds; ten seconds when absent. */
  readonly timeoutMs?: number;
}

/** The certificates that a server presents. */
export interface ServedChain {
  /** Its own certificate first. */
  readonly chain: readonly X509Certificate[];
  /** Why a client that judges by `ca` and `servername` hangs up; undefined when it does not. */
  readonly distrust: string | undefined;
}

/**
 * Connects and looks at the certificates. Those that are not to be trusted are given all the same: whoever looks
 * at them wants to know what is wrong.
 *
 * @throws OutriggerError `OUTRIGGER_SERVER` when there is no server, or it presents none
 */
export function servedChain(dial: Dial): Promise<ServedChain> {
  const { host, port, ca, timeoutMs = 10_000 } = dial;
  const servername = dial.servername ?? (isIP(host) === 0 ? host : undefined);
  return new Promise((resolve, reject) => {
    const fail = (detail: string) =>
      reject(
        new OutriggerError(
          'OUTRIGGER_SERVER',
          `no certificate from ${host}, port ${port}: ${detail}`,
          { hint: 'Check that a server with TLS listens there.' },
        ),
      );
    const socket = connect(
      {
        host,
        port,
        rejectUnauthorized: false,
        // An API server takes any certificate of the bundle for a root, also one that is not self-signed.
        allowPartialTrustChain: true,
        timeout: timeoutMs,
        ...(ca !== undefined && { ca }),
        ...(servername !== undefined && { servername }),
      },
      () => {
        const chain = chainOf(socket.getPeerCertificate(true));
        const { authorized, authorizationError } = socket;
        socket.destroy();
        if (chain.length === 0) fail('the server has none');
        else resolve({ chain, distrust: authorized ? undefined : String(authorizationError) });
      },
    );
    socket.on('timeout', () => socket.destroy(new Error('no answer in time')));
    socket.on('error', (error) => fail(error.message));
  });
}

function chainOf(leaf: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  let next: DetailedPeerCertificate | undefined = leaf;
  // A self-signed certificate is its own issuer.
  while (next?.raw !== undefined && !seen.has(next.fingerprint256)) {
    seen.add(next.fingerprint256);
    chain.push(new X509Certificate(next.raw));
    next = next.issuerCertificate;
  }
  return chain;
}
