import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { OutriggerError } from '../../errors.ts';

const patience = 10_000;

/** Host and port out of `host:port` or `[::1]:port`; undefined when a text is something else. */
export function parseAddress(text: string): { host: string; port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^/:[\]]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) return undefined;
  return { host, port: Number(port) };
}

/**
 * The certificates that a TLS server presents, its own first. They are not verified: whoever looks at them
 * wants to know what is wrong.
 *
 * @throws OutriggerError `OUTRIGGER_SERVER`
 */
export function servedChain(host: string, port: number): Promise<readonly X509Certificate[]> {
  return new Promise((resolve, reject) => {
    const fail = (detail: string) =>
      reject(
        new OutriggerError(
          'OUTRIGGER_SERVER',
          `no certificate from ${host}, port ${port}: ${detail}`,
          {
            hint: 'Check that a server with TLS listens there.',
          },
        ),
      );
    const socket = connect(
      {
        host,
        port,
        rejectUnauthorized: false,
        timeout: patience,
        ...(isIP(host) === 0 && { servername: host }),
      },
      () => {
        const chain = chainOf(socket.getPeerCertificate(true));
        socket.destroy();
        if (chain.length === 0) fail('the server has none');
        else resolve(chain);
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
