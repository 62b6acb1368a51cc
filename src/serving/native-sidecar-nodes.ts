import type { Logger } from 'pino';
import {
  indexNodes,
  type NodeIndex,
  resolveNativeSidecars,
} from '../inject/data/native-sidecars.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import { awaited, type Followed } from '../kube/followed.ts';
import { allNodes } from '../kube/resource.ts';

/** Knows whether the nodes of the cluster are new enough for native sidecars. */
export interface SidecarNodes {
  /** For a pod that names this node already, or none. */
  native(nodeName: string | undefined): boolean;
  /** Why the answer cannot be relied on yet; empty when it can. */
  readiness(): readonly string[];
  stop(): Promise<void>;
}

/** Follows the versions of all nodes. */
export function sidecarNodes(
  api: ApiServer,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): SidecarNodes {
  let index: NodeIndex | undefined;
  const followed = follow(api, allNodes, {
    read: readNode,
    onChange: () => {
      index = undefined;
    },
    logger,
  });
  following(followed);
  return {
    native(nodeName) {
      if (!followed.status().synced) return false;
      index ??= indexNodes(followed.items.values());
      return resolveNativeSidecars('auto', index, nodeName);
    },
    readiness() {
      const reason = awaited(followed.status());
      return reason === undefined ? [] : [`waiting for ${reason}`];
    },
    stop: () => followed.stop(),
  };
}

function readNode({ metadata, status }: JsonObject): { name: string; kubeletVersion: string } {
  const { name } = isJsonObject(metadata) ? metadata : {};
  const info = isJsonObject(status) ? status['nodeInfo'] : undefined;
  const { kubeletVersion } = isJsonObject(info) ? info : {};
  return {
    name: typeof name === 'string' ? name : '',
    // What cannot be read counts as too old.
    kubeletVersion: typeof kubeletVersion === 'string' ? kubeletVersion : '',
  };
}
