import type { Logger } from 'pino';
import type { NativeSidecars } from '../../inject/config/injection-configuration.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import type { Followed } from '../../kube/followed.ts';
import { type SidecarNodes, sidecarNodes } from '../../serving/native-sidecar-nodes.ts';

/** Whether proxies run as native sidecars, and what that rests on. */
export interface NativeSidecarChoice {
  readonly setting: NativeSidecars;
  readonly description: string;
  /** Present when the nodes of a cluster decide. */
  readonly nodes?: SidecarNodes;
  readonly warnings: readonly string[];
}

/**
 * Reads the wish of `--native-sidecars` or `ENABLE_NATIVE_SIDECARS`: `true`, `false` or `auto`; anything else that
 * the environment holds counts as `false` (`pilot/pkg/features`).
 *
 * @param ownCluster the name that requests for pods of our cluster go by; the nodes of others are not known
 */
export function chooseNativeSidecars(
  wish: string,
  cluster: ClusterConnection | undefined,
  ownCluster: () => string,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): NativeSidecarChoice {
  if (wish === 'auto' && cluster !== undefined) {
    const nodes = sidecarNodes(cluster.api, logger, following);
    return {
      setting: (nodeName, name) => name === ownCluster() && nodes.native(nodeName),
      description: 'where all nodes can',
      nodes,
      warnings: [],
    };
  }
  // Without a cluster there are no nodes to ask, and every supported Kubernetes has native sidecars.
  const setting = wish === 'true' || wish === 'auto';
  const warnings =
    setting || wish === 'false'
      ? []
      : [`ENABLE_NATIVE_SIDECARS is neither true, false nor auto: ${JSON.stringify(wish)}`];
  return { setting, description: setting ? 'on' : 'off', warnings };
}
