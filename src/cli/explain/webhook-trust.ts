import { servedChain } from '../../certs/served-chain.ts';

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
export async function webhookDistrust(server: WebhookServer): Promise<string | undefined> {
  const { host, port, servername, bundle, outside } = server;
  const ca = bundle === '' ? {} : { ca: bundle };
  try {
    const { chain, distrust } = await servedChain({
      host,
      port,
      servername,
      ...ca,
      timeoutMs: patienceMs,
    });
    const other = outside && chain[0]?.checkHost(servername) === undefined;
    return other ? undefined : distrust;
  } catch {
    return undefined;
  }
}
