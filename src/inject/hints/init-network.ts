/** Exports: {@link initContainersWithoutNetwork}. */
import { annotations as names } from '../annotations.ts';
import { findSidecar, sidecarName } from '../container-place.ts';
import { annotationsOf, type Container, containersOf, nameOf, type Pod } from '../pod.ts';
import type { Notice } from '../types.ts';
import { nothing } from './hint.ts';

/** Init containers behind which the pod's traffic goes to the proxy: they redirect it, or check that it is. */
const redirecting: ReadonlySet<string> = new Set(['istio-init', 'istio-validation']);
/** Ways to keep traffic away from the proxy; whoever uses one knows. */
const exclusions = [
  names.excludeOutboundIPRanges,
  names.excludeOutboundPorts,
  names.includeOutboundIPRanges,
] as const;
const usualUser = 1337;

/**
 * Init containers of the user's own that run when traffic goes to the proxy already, but the proxy does not run
 * yet. The CNI plugin always brings that about; a native sidecar never does.
 *
 * @param base the pod before injection
 * @param injected the same pod after it
 */
export function initContainersWithoutNetwork(base: Pod, injected: Pod): readonly Notice[] {
  const after = containersOf(injected, 'initContainers');
  const redirected = after.findIndex((container) => redirecting.has(nameOf(container)));
  if (redirected < 0 || after.some((container) => nameOf(container) === sidecarName)) {
    return nothing;
  }
  const annotations = annotationsOf(base);
  if (exclusions.some((name) => Object.hasOwn(annotations, name))) return nothing;
  const exempt = findSidecar(injected)?.container.securityContext?.runAsUser ?? usualUser;
  const later = new Set(after.slice(redirected + 1).map(nameOf));
  return containersOf(base, 'initContainers').flatMap((container, index) => {
    const name = nameOf(container);
    if (!later.has(name) || redirecting.has(name) || userOf(container, base) === exempt) return [];
    return [notice(name, index, exempt)];
  });
}

function notice(name: string, index: number, exempt: number): Notice {
  return {
    code: 'init-container-without-network',
    path: ['spec', 'initContainers', index],
    message: `init container ${JSON.stringify(name)} has no network: its traffic goes to the proxy, which is not running yet; use native sidecars, runAsUser ${exempt}, or annotation ${names.excludeOutboundIPRanges}`,
  };
}

function userOf(container: Container, pod: Pod): unknown {
  const podContext = pod.spec?.['securityContext'] as { runAsUser?: number } | undefined;
  return container.securityContext?.runAsUser ?? podContext?.runAsUser;
}
