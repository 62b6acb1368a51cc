import { isJsonObject, type JsonObject } from '../../json.ts';
import { pemCertificates } from '../pem-certificates.ts';

/** Which webhooks call this installation. */
export interface OurService {
  readonly name: string;
  readonly namespace: string;
}

/** An entry of a MutatingWebhookConfiguration that calls us. */
export interface OurWebhook {
  /** Position in `webhooks`. */
  readonly index: number;
  readonly name: string;
  /** PEM text; empty when there is none. */
  readonly bundle: string;
}

/** A MutatingWebhookConfiguration with entries that call us. */
export interface OurConfiguration {
  readonly name: string;
  readonly resourceVersion: string;
  readonly webhooks: readonly OurWebhook[];
}

/** Upstream goes by it, too (`pkg/webhooks/webhookpatch.go`), and the tools for tags rely on it. */
const suffix = 'sidecar-injector.istio.io';

/**
 * Finds the entries of a configuration that are ours: named as Istio names them, and calling our Service. An
 * istiod of the same revision, whose configuration looks the same, calls another one.
 *
 * @returns undefined when there are none
 */
export function ourConfiguration(
  object: JsonObject,
  service: OurService,
): OurConfiguration | undefined {
  const metadata = objectAt(object, 'metadata');
  const { name, resourceVersion } = metadata;
  const entries = Array.isArray(object['webhooks']) ? object['webhooks'] : [];
  const webhooks: OurWebhook[] = [];
  for (const [index, entry] of entries.entries()) {
    if (!isJsonObject(entry)) continue;
    const entryName = entry['name'];
    const client = objectAt(entry, 'clientConfig');
    const called = objectAt(client, 'service');
    if (typeof entryName !== 'string' || !entryName.endsWith(suffix)) continue;
    if (called['name'] !== service.name || called['namespace'] !== service.namespace) continue;
    webhooks.push({ index, name: entryName, bundle: decode(client['caBundle']) });
  }
  if (webhooks.length === 0 || typeof name !== 'string') return undefined;
  return {
    name,
    resourceVersion: typeof resourceVersion === 'string' ? resourceVersion : '',
    webhooks,
  };
}

/** Whether a bundle has a certificate in it, however it is written. */
export function bundleHas(bundle: string, certificate: string): boolean {
  const wanted = fingerprints(certificate);
  const there = new Set(fingerprints(bundle));
  return wanted.length > 0 && wanted.every((fingerprint) => there.has(fingerprint));
}

function fingerprints(pem: string): string[] {
  try {
    return pemCertificates(pem, 'a caBundle').map(({ parsed }) => parsed.fingerprint256);
  } catch {
    return [];
  }
}

function decode(value: unknown): string {
  return typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : '';
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isJsonObject(value) ? value : {};
}
