import { pemCertificates } from '../certs/pem-certificates.ts';
import type { Dial, ServedChain } from '../certs/served-chain.ts';
import type { Outcome } from './check.ts';
import type { InjectionWebhook } from './injection-webhooks.ts';

/** Somewhere the webhook may be reached: its Service, or a replica. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** From outside the cluster the address may lead to somebody else. */
  readonly unsure?: boolean;
}

/** The network is either near or not there. */
const timeoutMs = 3_000;

/**
 * Connects to the webhook as the API server does, and compares the chain that it serves with `caBundle`: by the
 * Service's name, trusting nothing else. From outside the cluster there is often no way to it.
 */
export async function checkServedCertificate(
  addresses: readonly Address[],
  ours: readonly InjectionWebhook[],
  servername: string,
  dial: (dial: Dial) => Promise<ServedChain>,
): Promise<Outcome> {
  const bundles = new Map(ours.map(({ bundle, configuration }) => [bundle, configuration]));
  bundles.delete('');
  const seen: string[] = [];
  const unreachable: string[] = [];
  for (const [ca, configuration] of bundles) {
    const tried = await Promise.all(
      addresses.map(async ({ host, port, unsure = false }) => {
        const at = `${host}:${port}`;
        try {
          const served = await dial({ host, port, servername, ca, timeoutMs });
          if (!unsure || served.chain[0]?.checkHost(servername) !== undefined) {
            return { at, ...served };
          }
          unreachable.push(`what answers at ${at} has no certificate for ${servername}`);
          return undefined;
        } catch (error) {
          unreachable.push(error instanceof Error ? error.message : String(error));
          return undefined;
        }
      }),
    );
    for (const served of tried) {
      if (served === undefined) continue;
      if (served.distrust !== undefined) return distrusted(served, ca, configuration, servername);
      seen.push(`${served.at} until ${served.chain[0]?.validToDate.toISOString()}`);
    }
  }
  if (seen.length > 0) {
    const detail = `caBundle vouches for the certificate of ${servername} at ${seen.join(', ')}`;
    return { state: 'ok', detail };
  }
  const detail =
    bundles.size === 0
      ? 'there is no caBundle to compare the certificate served with'
      : (unreachable[0] ?? 'the Service has no address');
  return {
    state: 'unknown',
    detail,
    todo: 'From outside the cluster: kubectl port-forward to the Service, then name it with --connect localhost:<port>.',
  };
}

function distrusted(
  { at, chain, distrust }: ServedChain & { readonly at: string },
  ca: string,
  configuration: string,
  servername: string,
): Outcome {
  const leaf = chain[0];
  const detail =
    `the certificate of ${servername} at ${at} is not what caBundle of ${configuration} vouches for ` +
    `(${distrust}): it was issued by ${nameOf(leaf?.issuer)}, caBundle has ${subjectsOf(ca)}`;
  const todo = /ALTNAME|altnames/i.test(String(distrust))
    ? `The certificate lacks the name ${servername}: issue one that has it, or name the right Service with --service.`
    : /EXPIRED|NOT_YET_VALID/.test(String(distrust))
      ? 'Look at the clocks, and into the log of the replica for why it did not renew its certificate.'
      : 'Look at who else writes caBundle, and whether every replica uses the same authority (Secret, or certificate files).';
  return { state: 'failed', detail, todo };
}

function subjectsOf(bundle: string): string {
  try {
    return pemCertificates(bundle, 'caBundle')
      .map(({ parsed }) => nameOf(parsed.subject))
      .join(' and ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A distinguished name on one line. */
function nameOf(name: string | undefined): string {
  return `"${(name ?? '').replaceAll('\n', ', ')}"`;
}
