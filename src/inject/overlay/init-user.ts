/** Exports: {@link adjustInitUser}. */
import { interceptionMode, type ProxyConfig } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import { type ContainerPlace, findIn, findSidecar, replaceContainer } from '../container-place.ts';
import { annotationsOf, type Container, type Pod, type SecurityContext } from '../pod.ts';
import type { Notice } from '../types.ts';

/**
 * When the user's own `istio-proxy` runs as another user, tells the init container that captures traffic:
 * it must let that user's own traffic past (`pkg/kube/inject/webhook.go`).
 */
export function adjustInitUser(
  pod: Pod,
  original: Pod,
  proxyConfig: ProxyConfig,
  notice: (notice: Notice) => void,
): Pod {
  const user = findSidecar(original)?.container.securityContext;
  if (user?.runAsUser === undefined && user?.runAsGroup === undefined) return pod;
  const init = findIn(pod, 'initContainers', 'istio-init');
  const place = init ?? findIn(pod, 'initContainers', 'istio-validation');
  if (place === undefined) {
    notice({
      code: 'proxy-user-without-init',
      message: 'istio-proxy has a user of its own, but there is no init container to tell it to',
    });
    return pod;
  }
  const tproxy =
    proxyConfig.interceptionMode === interceptionMode.TPROXY ||
    annotationsOf(pod)[names.interceptionMode] === 'TPROXY';
  const copied = !tproxy && init === undefined ? withUser(place.container, user) : place.container;
  const told = withUserArgument(copied, user.runAsUser ?? 0);
  const adjusted = told === place.container ? pod : replaceContainer(pod, place, told);
  return tproxy && user.runAsUser !== undefined ? asRoot(adjusted) : adjusted;
}

function withUser(container: Container, { runAsUser, runAsGroup }: SecurityContext): Container {
  return {
    ...container,
    securityContext: {
      ...container.securityContext,
      ...(runAsUser === undefined ? {} : { runAsUser }),
      ...(runAsGroup === undefined ? {} : { runAsGroup }),
    },
  };
}

/** Root is never told: istio-iptables would exempt every process of root. */
function withUserArgument(container: Container, runAsUser: number): Container {
  const { args } = container;
  if (args === undefined || runAsUser === 0) return container;
  const index = args.indexOf('-u') + 1;
  // Upstream crashes when `-u` stands last; there is nothing to replace then.
  if (index === 0 || index >= args.length) return container;
  return { ...container, args: args.with(index, String(runAsUser)) };
}

/** Transparent proxying needs capabilities that only root has. */
function asRoot(pod: Pod): Pod {
  const sidecar: ContainerPlace | undefined = findSidecar(pod);
  if (sidecar === undefined) return pod;
  const securityContext = { ...sidecar.container.securityContext, runAsUser: 0 };
  return replaceContainer(pod, sidecar, { ...sidecar.container, securityContext });
}
