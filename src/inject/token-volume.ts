/**
 * The volume with the token of a pod's service account. Admission gives it a name of its own in every pod, by
 * which replicas of one workload differ although nobody wrote it. Exports: {@link tokenVolumePrefix},
 * {@link makesTokenVolume}, {@link watchVolumes}, {@link placesOfVolume}.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { type Container, containerLists, containersOf, type Pod } from './pod.ts';

/** What the name starts with; five letters and digits follow (`plugin/pkg/admission/serviceaccount` of Kubernetes). */
export const tokenVolumePrefix = 'kube-api-access-';

/** True when templates made a volume with such a name: what comes of it depends on the pod's own. */
export function makesTokenVolume(templatePod: Pod): boolean {
  return (templatePod.spec?.volumes ?? []).some(({ name }) => name?.startsWith(tokenVolumePrefix));
}

/** A copy of the pod that tells when somebody reads its volumes, or which of them containers mount. */
export function watchVolumes(pod: Pod, onRead: () => void): Pod {
  if (pod.spec === undefined) return pod;
  const spec: JsonObject = { ...pod.spec };
  for (const list of containerLists) {
    if (spec[list] === undefined) continue;
    spec[list] = containersOf(pod, list).map((container): Container => {
      const copy: Container = { ...container };
      watchMember(copy, 'volumeMounts', onRead);
      return copy;
    });
  }
  watchMember(spec, 'volumes', onRead);
  watchMember(spec, 'ephemeralContainers', onRead);
  return { ...pod, spec };
}

function watchMember(object: JsonObject, name: string, onRead: () => void): void {
  const value = object[name];
  if (value === undefined) return;
  Object.defineProperty(object, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      onRead();
      return value;
    },
  });
}

/** How often a raw pod names that volume in the places that are for it: its volumes and their mounts. */
export function placesOfVolume(pod: JsonObject, name: string): number {
  const { spec } = pod;
  if (!isJsonObject(spec)) return 0;
  let places = countNamed(spec['volumes'], name);
  for (const list of [...containerLists, 'ephemeralContainers']) {
    const containers = spec[list];
    if (!Array.isArray(containers)) continue;
    for (const container of containers) {
      if (isJsonObject(container)) places += countNamed(container['volumeMounts'], name);
    }
  }
  return places;
}

function countNamed(list: JsonValue | undefined, name: string): number {
  if (!Array.isArray(list)) return 0;
  let count = 0;
  for (const element of list) if (isJsonObject(element) && element['name'] === name) count++;
  return count;
}
