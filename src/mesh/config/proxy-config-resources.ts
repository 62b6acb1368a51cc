import { OutriggerError } from '../../errors.ts';
import { compareUtf8 } from '../../gotemplate/value/utf8.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import { proxyConfigResourceMessage } from '../descriptor/well-known-messages.ts';
import { MessageError } from '../json/message-error.ts';
import { readMessage } from '../json/read-message.ts';
import type { Message, StringMap } from '../message.ts';
import type { ProxyConfig } from '../types.ts';

/** A `networking.istio.io` ProxyConfig resource, as far as injection reads it. */
export interface ProxyConfigResource {
  readonly name: string;
  readonly namespace: string;
  /** RFC 3339; orders the resources. */
  readonly creationTimestamp: string;
  /** Absent: the resource has no selector and holds for its whole namespace. */
  readonly matchLabels?: StringMap;
  /** What it sets: concurrency, proxyMetadata and image only. */
  readonly config: ProxyConfig;
}

/** ProxyConfig resources of a cluster, grouped by namespace, the first that matches wins. */
export interface ProxyConfigResources {
  readonly byNamespace: ReadonlyMap<string, readonly ProxyConfigResource[]>;
}

/** The spec, in the manner of types.ts. */
interface ResourceSpec extends Message {
  readonly selector?: { readonly matchLabels?: StringMap };
  readonly concurrency?: number;
  readonly environmentVariables?: StringMap;
  readonly image?: { readonly imageType?: string };
}

/** Reads a ProxyConfig resource as the API server gives it. Throws OutriggerError `OUTRIGGER_MESH`. */
export function readProxyConfigResource(object: JsonObject): ProxyConfigResource {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {};
  const name = textOf(metadata['name']);
  const namespace = textOf(metadata['namespace']);
  let spec: ResourceSpec;
  try {
    spec = readMessage<ResourceSpec>(proxyConfigResourceMessage, object['spec'] ?? null, {});
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    throw new OutriggerError(
      'OUTRIGGER_MESH',
      `ProxyConfig ${namespace}/${name} cannot be read: ${error.message}`,
      { place: { path: `spec.${error.path}` }, cause: error },
    );
  }
  const config: ProxyConfig = {
    ...(spec.concurrency !== undefined && { concurrency: spec.concurrency }),
    ...(spec.environmentVariables && { proxyMetadata: spec.environmentVariables }),
    ...(spec.image && { image: spec.image }),
  };
  return {
    name,
    namespace,
    creationTimestamp: textOf(metadata['creationTimestamp']),
    // A selector without labels is a selector all the same: it matches nothing.
    ...(spec.selector && { matchLabels: spec.selector.matchLabels ?? {} }),
    config,
  };
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Makes the lookup of `effectiveProxyConfig` out of all resources of a cluster. */
export function indexProxyConfigResources(
  resources: Iterable<ProxyConfigResource>,
): ProxyConfigResources {
  const byNamespace = new Map<string, ProxyConfigResource[]>();
  for (const resource of [...resources].sort(compareResources)) {
    const group = byNamespace.get(resource.namespace);
    if (group === undefined) byNamespace.set(resource.namespace, [resource]);
    else group.push(resource);
  }
  return { byNamespace };
}

function compareResources(a: ProxyConfigResource, b: ProxyConfigResource): number {
  return (
    age(a.creationTimestamp) - age(b.creationTimestamp) ||
    compareUtf8(a.name, b.name) ||
    compareUtf8(a.namespace, b.namespace)
  );
}

/** Unreadable times sort first, as Go's zero time does. */
function age(timestamp: string): number {
  const milliseconds = Date.parse(timestamp);
  return Number.isNaN(milliseconds) ? Number.MIN_SAFE_INTEGER : milliseconds;
}

/** The first resource of the namespace that has no selector. */
export function namespaceResource(
  resources: ProxyConfigResources | undefined,
  namespace: string,
): ProxyConfigResource | undefined {
  return resources?.byNamespace
    .get(namespace)
    ?.find((resource) => resource.matchLabels === undefined);
}

/** The first resource of the namespace whose selector matches the labels. */
export function workloadResource(
  resources: ProxyConfigResources | undefined,
  namespace: string,
  labels: StringMap,
): ProxyConfigResource | undefined {
  return resources?.byNamespace.get(namespace)?.find((resource) => {
    const wanted = Object.entries(resource.matchLabels ?? {});
    return (
      wanted.length > 0 &&
      wanted.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)
    );
  });
}
