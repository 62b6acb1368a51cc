/**
 * The pod that an injection makes. Exports: {@link injectedPod}, {@link proxyImage}, {@link startOrder}.
 */
import jsonPatch from 'fast-json-patch';
import { sidecarName } from '../inject/container-place.ts';
import type { PatchOperation } from '../inject/types.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { StartedContainer } from './explanation.ts';

/** Applies the patch to a copy. */
export function injectedPod(pod: JsonObject, patch: readonly PatchOperation[]): JsonObject {
  return jsonPatch.applyPatch<JsonObject>(pod, patch as never, false, false).newDocument;
}

/** The image of the proxy; undefined without one. */
export function proxyImage(pod: JsonObject): string | undefined {
  const proxy = [...listOf(pod, 'containers'), ...listOf(pod, 'initContainers')].find(
    ({ name }) => name === sidecarName,
  );
  return typeof proxy?.['image'] === 'string' ? proxy['image'] : undefined;
}

/** The containers in the order in which they are started. */
export function startOrder(pod: JsonObject): StartedContainer[] {
  return [
    ...listOf(pod, 'initContainers').map((one) => ({
      name: String(one['name'] ?? ''),
      kind: one['restartPolicy'] === 'Always' ? ('sidecar' as const) : ('init' as const),
    })),
    ...listOf(pod, 'containers').map((one) => ({
      name: String(one['name'] ?? ''),
      kind: 'container' as const,
    })),
  ];
}

function listOf({ spec }: JsonObject, member: string): JsonObject[] {
  const list = isJsonObject(spec) ? spec[member] : undefined;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
