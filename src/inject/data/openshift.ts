/**
 * User and group of the proxy on OpenShift (`pkg/kube/inject/openshift.go`). Exports: {@link proxyIds},
 * {@link blockEnd}, {@link resetCopiedUser}.
 */
import { namespaceAnnotations } from '../annotations.ts';
import { findSidecar, replaceContainer, sidecarName } from '../container-place.ts';
import { containerLists, containersOf, nameOf, type Pod } from '../pod.ts';
import { ownString } from '../pod-metadata.ts';
import type { NamespaceMeta } from '../types.ts';

/** What the proxy runs as where nothing else is said. */
export const defaultProxyId = 1337;

/** User and group that the proxy runs as. */
export interface ProxyIds {
  readonly uid: number;
  readonly gid: number;
}

/** The platform on which namespaces hand out user ids. */
export const openshift = 'openshift';

const noAnnotations: NonNullable<NamespaceMeta['annotations']> = {};

/**
 * The ids that OpenShift reserved for the namespace; the last of each block, so that it does not meet the
 * application's. 1337 where there is none, and on any other platform.
 */
export function proxyIds(platform: string, namespace: NamespaceMeta | undefined): ProxyIds {
  if (platform !== openshift) return { uid: defaultProxyId, gid: defaultProxyId };
  const annotations = namespace?.annotations ?? noAnnotations;
  const users = ownString(annotations, namespaceAnnotations.openshiftUidRange);
  // A list of groups that is there but empty is no reason to look at the users' block.
  const groups = ownString(annotations, namespaceAnnotations.openshiftSupplementalGroups) ?? users;
  return {
    uid: (users === undefined ? undefined : blockEnd(users)) ?? defaultProxyId,
    gid: (groups === undefined ? undefined : firstBlockEnd(groups)) ?? defaultProxyId,
  };
}

const sized = /^[^\S\n]*([0-9]+)\/[^\S\n]*([0-9]+)/;
const spanned = /^[^\S\n]*([0-9]+)-[^\S\n]*([0-9]+)/;
const maxUint32 = 2 ** 32 - 1;

/** Last id of a block, `<start>/<size>` or `<start>-<end>`; undefined when the text is no block. */
export function blockEnd(text: string): number | undefined {
  const bySize = text.includes('/');
  const [, start, other] = (bySize ? sized : spanned).exec(text) ?? [];
  const first = Number(start);
  const second = Number(other);
  if (!(first <= maxUint32 && second <= maxUint32)) return undefined;
  // 32-bit arithmetic, as upstream's uint32 wraps around.
  return bySize ? (first + second - 1) >>> 0 : second;
}

/** All blocks of the list must be readable for the first one to count. */
function firstBlockEnd(list: string): number | undefined {
  const ends = list.split(',').map(blockEnd);
  return ends.includes(undefined) ? undefined : ends[0];
}

const infrastructure: ReadonlySet<string> = new Set([
  sidecarName,
  'istio-validation',
  'istio-init',
]);

/**
 * OpenShift writes the same user into every container before the webhook runs, which would pass for a wish
 * of the user's about the proxy. Takes user and group off the pod's own `istio-proxy` when its user is the
 * application's (both absent counts as the same). Returns the same pod when there is nothing to do.
 */
export function resetCopiedUser(pod: Pod): Pod {
  const place = findSidecar(pod);
  const security = place?.container.securityContext;
  if (place === undefined || security === undefined) return pod;
  const { runAsUser, runAsGroup, ...rest } = security;
  if (runAsUser === undefined && runAsGroup === undefined) return pod;
  if ((runAsUser ?? 0) !== applicationUser(pod)) return pod;
  return replaceContainer(pod, place, { ...place.container, securityContext: rest });
}

/** The user of the last application container that sets one. */
function applicationUser(pod: Pod): number {
  let user = 0;
  for (const list of containerLists) {
    for (const container of containersOf(pod, list)) {
      if (!infrastructure.has(nameOf(container))) {
        user = container.securityContext?.runAsUser ?? user;
      }
    }
  }
  return user;
}
