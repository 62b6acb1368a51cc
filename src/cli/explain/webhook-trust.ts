import { type Dial, servedChain } from '../../certs/served-chain.ts';

/** Where the API server sends reviews, and by what it judges who answers. */
export interface WebhookServer extends Dial {
  readonly servername: string;
  /** From here, the address may lead to somebody else: only a certificate for the right name counts. */
  readonly outside: boolean;
}

/** Long enough for a network that is near. */
const timeoutMs = 1_000;

/** Why the API server would not trust what answers there; undefined when it would, or nothing answers. */
export async function webhookDistrust(server: WebhookServer): Promise<string | undefined> {
  const { outside, ...dial } = server;
  try {
    const { chain, distrust } = await servedChain({ timeoutMs, ...dial });
    const isOurs = chain[0]?.checkHost(server.servername) !== undefined;
    return outside && !isOurs ? undefined : distrust;
  } catch {
    return undefined;
  }
}
