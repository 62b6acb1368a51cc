/** Exports: {@link appendMultusNetwork}. */
import { isJsonObject } from '../../json.ts';

/**
 * Adds a network to the annotation `k8s.v1.cni.cncf.io/networks`, which is a comma list or a JSON list, unless
 * it is there (`pkg/kube/inject/template.go`). JSON that does not parse stays as it is, and so does all other
 * text of the list; an empty JSON list gives invalid JSON, as it does upstream.
 */
export function appendMultusNetwork(existing: string, network: string): string {
  if (existing === '') return network;
  const end = existing.lastIndexOf(']');
  if (end < 0) {
    const items = existing.split(',').map((item) => item.trim());
    return items.includes(network) ? existing : `${existing}, ${network}`;
  }
  const slash = network.indexOf('/');
  const namespace = slash < 0 ? '' : network.slice(0, slash);
  const name = network.slice(slash + 1);
  const entries = parseEntries(existing);
  if (entries === undefined) return existing;
  const known = entries.some(
    (entry) => entry.name === name && (entry.namespace ?? '') === namespace,
  );
  if (known) return existing;
  const where = namespace === '' ? '' : `, "namespace": "${namespace}"`;
  return `${existing.slice(0, end)}, {"name": "${name}"${where}}${existing.slice(end)}`;
}

interface NetworkEntry {
  readonly name: unknown;
  readonly namespace: unknown;
}

function parseEntries(text: string): readonly NetworkEntry[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || !parsed.every(isJsonObject)) return undefined;
  return parsed.map((entry) => ({ name: entry['name'], namespace: entry['namespace'] }));
}
