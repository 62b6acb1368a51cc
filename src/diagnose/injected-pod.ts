/** What tells that a pod was injected, and whether it matters. Exports: {@link isInjected}, {@link hasProxy}, {@link injectedRevision}, {@link hasEnded}. */
import { annotations } from '../inject/annotations.ts';
import { sidecarName } from '../inject/container-place.ts';
import { ownString, podAnnotations } from '../inject/pod-metadata.ts';
import { isJsonObject, type JsonObject } from '../json.ts';

/** A proxy that somebody added by hand or with kube-inject of old counts, too. */
export function isInjected(pod: JsonObject): boolean {
  return ownString(podAnnotations(pod), annotations.status) !== undefined || hasProxy(pod);
}

/** Whether a container of the proxy's name is there, native or not. */
export function hasProxy({ spec }: JsonObject): boolean {
  if (!isJsonObject(spec)) return false;
  return [spec['containers'], spec['initContainers']].some(
    (list) =>
      Array.isArray(list) && list.some((one) => isJsonObject(one) && one['name'] === sidecarName),
  );
}

/** The revision that injected a pod, as the pod's annotation has it; undefined when nothing tells. */
export function injectedRevision(pod: JsonObject): string | undefined {
  try {
    const status: unknown = JSON.parse(ownString(podAnnotations(pod), annotations.status) ?? '');
    return isJsonObject(status) ? ownString(status, 'revision') : undefined;
  } catch {
    return undefined;
  }
}

/** Nobody misses a sidecar in a pod that is done. */
export function hasEnded({ status }: JsonObject): boolean {
  const phase = isJsonObject(status) ? status['phase'] : undefined;
  return phase === 'Succeeded' || phase === 'Failed';
}
