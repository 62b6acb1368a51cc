/** Exports: {@link readServices}. */
import type { ServiceFacts } from '../../explain/facts.ts';
import type { WebhookEntry } from '../../explain/webhooks/webhook-entry.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { isInPod } from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';
import type { ClusterSource } from './cluster-source.ts';
import { webhookDistrust } from './webhook-trust.ts';

/** Looks at what is behind webhooks. @returns by `namespace/name` of the Service, or by URL */
export async function readServices(
  source: ClusterSource,
  entries: readonly WebhookEntry[],
  { env }: Pick<CliContext, 'env'>,
): Promise<Map<string, ServiceFacts>> {
  const found = new Map<string, ServiceFacts>();
  for (const entry of entries) {
    const { service, url } = entry;
    const key = service === undefined ? (url ?? '') : `${service.namespace}/${service.name}`;
    if (found.has(key)) continue;
    if (service !== undefined) {
      const facts = await serviceFacts(source, entry, service, !isInPod(env));
      if (facts !== undefined) found.set(key, facts);
    } else if (url !== undefined && URL.canParse(url)) {
      const { hostname, port } = new URL(url);
      const distrust = await webhookDistrust({
        host: hostname,
        port: Number(port) || 443,
        servername: hostname,
        ...(entry.bundle !== '' && { ca: entry.bundle }),
        outside: false,
      });
      found.set(key, { exists: true, distrust });
    }
  }
  return found;
}

async function serviceFacts(
  source: ClusterSource,
  { bundle }: WebhookEntry,
  { name, namespace, port }: NonNullable<WebhookEntry['service']>,
  outside: boolean,
): Promise<ServiceFacts | undefined> {
  const object = await source.service(name, namespace);
  if (object === undefined) return undefined;
  if (object === 'absent') return { exists: false };
  const spec = isJsonObject(object['spec']) ? object['spec'] : {};
  const { ports, type, clusterIP } = spec;
  const external = type === 'ExternalName';
  const reachable = typeof clusterIP === 'string' && clusterIP !== '' && clusterIP !== 'None';
  const distrust =
    reachable && bundle !== ''
      ? await webhookDistrust({
          host: clusterIP,
          port,
          servername: `${name}.${namespace}.svc`,
          ca: bundle,
          outside,
        })
      : undefined;
  return {
    exists: true,
    ports: external ? undefined : portsOf(ports),
    readyEndpoints: external ? undefined : await source.readyEndpoints(name, namespace),
    distrust,
  };
}

function portsOf(ports: JsonObject[string] | undefined): number[] {
  return (Array.isArray(ports) ? ports : [])
    .filter(isJsonObject)
    .map(({ port }) => port)
    .filter((port) => typeof port === 'number');
}
