/** Exports: {@link leftOver}. */
import { labels } from '../inject/annotations.ts';
import {
  annotationsOf,
  containerLists,
  containersOf,
  labelsOf,
  nameOf,
  type Pod,
} from '../inject/pod.ts';
import type { Notice } from '../inject/types.ts';
import type { InjectionRecord } from './injection-record.ts';
import { placeText } from './pod-place.ts';

/** Networks of Multus; templates add one where a CNI plugin redirects the traffic. */
const networks = 'k8s.v1.cni.cncf.io/networks';

/**
 * What is still there after everything that is known to be injected has been taken out, and does not look like the
 * user's own.
 */
export function leftOver(pod: Pod, record: InjectionRecord): readonly Notice[] {
  const notices: Notice[] = [];
  if (Object.hasOwn(labelsOf(pod), labels.network)) {
    notices.push({
      code: 'network-unknown',
      path: ['metadata', 'labels', labels.network],
      message: `label ${labels.network} stays; whether it came with the path of the webhook is not recorded`,
    });
  }
  if (annotationsOf(pod)[networks]?.includes('istio-cni')) {
    const path = ['metadata', 'annotations', networks];
    notices.push({
      code: 'perhaps-injected',
      path,
      message: `${placeText(path)} names a network of Istio, which the configuration at hand does not add; it stays`,
    });
  }
  for (const volume of missingVolumes(pod)) {
    if (!record.volumes.has(volume)) continue;
    notices.push({
      code: 'volume-in-use',
      message: `volume ${JSON.stringify(volume)} came with the injection and is gone, but a container still mounts it`,
    });
  }
  return notices;
}

/** Volumes that containers mount and the pod does not have. */
function missingVolumes(pod: Pod): ReadonlySet<string> {
  const there = new Set((pod.spec?.volumes ?? []).map(nameOf));
  const mounts = containerLists.flatMap((list) =>
    containersOf(pod, list).flatMap(({ volumeMounts = [] }) => volumeMounts as { name?: string }[]),
  );
  return new Set(mounts.map(nameOf).filter((name) => name !== '' && !there.has(name)));
}
