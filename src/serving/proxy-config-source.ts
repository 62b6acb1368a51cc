import type { Logger } from 'pino';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import { awaited, type Followed } from '../kube/followed.ts';
import { allProxyConfigs } from '../kube/resource.ts';
import {
  indexProxyConfigResources,
  type ProxyConfigResource,
  type ProxyConfigResources,
  readProxyConfigResource,
} from '../mesh/index.ts';
import type { Source } from './source.ts';

/** The cluster's ProxyConfig resources; none where Istio's CRDs are not installed. A bad one is left out. */
export function proxyConfigsOf(
  api: ApiServer,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): Source<ProxyConfigResources> {
  const listeners: (() => void)[] = [];
  let index: ProxyConfigResources | undefined;
  const followed = follow<ProxyConfigResource>(api, allProxyConfigs, {
    read: readProxyConfigResource,
    onChange: () => {
      index = undefined;
      for (const listener of listeners) listener();
    },
    logger,
  });
  following(followed);
  return {
    description: allProxyConfigs.description,
    read() {
      const reason = awaited(followed.status());
      if (reason !== undefined) return { state: 'waiting', reason };
      index ??= indexProxyConfigResources(followed.items.values());
      return { state: 'there', value: index };
    },
    listen: (changed) => {
      listeners.push(changed);
    },
    stop: () => followed.stop(),
  };
}
