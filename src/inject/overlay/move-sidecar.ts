/**
 * Keeping the proxy in the one container list where the templates put it.
 * Exports: {@link moveToNative}, {@link dropFormerNative}, {@link wantsNative}.
 */
import { annotations as names } from '../annotations.ts';
import { findIn, sidecarName } from '../container-place.ts';
import type { InjectedNames } from '../injection-status.ts';
import { annotationsOf, type Container, containersOf, type Pod, withContainers } from '../pod.ts';

/** The pod's own wish for a native sidecar or against it, else the injector's setting. */
export function wantsNative(pod: Pod, native: boolean): boolean {
  const wish = annotationsOf(pod)[names.nativeSidecar];
  if (wish === 'true') return true;
  return wish === 'false' ? false : native;
}

/**
 * When the templates make a native sidecar and the pod has a regular `istio-proxy`, moves that one among
 * the init containers, where the overlay will merge with it (`pkg/kube/inject/webhook.go`, RunTemplate).
 */
export function moveToNative(merged: Pod, templatePod: Pod): Pod {
  if (findIn(templatePod, 'initContainers', sidecarName) === undefined) return merged;
  const regular = findIn(merged, 'containers', sidecarName);
  if (regular === undefined) return merged;
  const others = containersOf(merged, 'containers').toSpliced(regular.index, 1);
  const native = [...atMostOneSidecar(containersOf(merged, 'initContainers')), regular.container];
  return withContainers(withContainers(merged, 'containers', others), 'initContainers', native);
}

/**
 * Templates that undo each other would pile up proxies. Of several, the first is the one that overlays are
 * merged into and the last is the one that is left in the end; those between them play no part.
 */
function atMostOneSidecar(containers: Container[]): Container[] {
  const first = containers.findIndex(({ name }) => name === sidecarName);
  return containers.filter(({ name }, index) => name !== sidecarName || index === first);
}

/**
 * The way back: when the templates make a regular proxy and an earlier injection left a native one, drops
 * the latter. Upstream keeps both, a pod that the API server refuses.
 */
export function dropFormerNative(merged: Pod, templatePod: Pod, injected: InjectedNames): Pod {
  if (!injected.initContainers.has(sidecarName)) return merged;
  if (findIn(templatePod, 'containers', sidecarName) === undefined) return merged;
  if (findIn(templatePod, 'initContainers', sidecarName) !== undefined) return merged;
  const init = containersOf(merged, 'initContainers');
  const others = init.filter((container) => container.name !== sidecarName);
  return others.length === init.length ? merged : withContainers(merged, 'initContainers', others);
}
