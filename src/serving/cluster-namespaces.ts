import type { Logger } from 'pino';
import type { NamespaceMeta } from '../inject/types.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import { awaited, type Followed } from '../kube/followed.ts';
import { allNamespaces, revisionTagWebhooks } from '../kube/resource.ts';
import type { NamespaceKnowledge } from './namespace-knowledge.ts';
import { readNamespace } from './read-namespace.ts';
import { type RevisionTag, type RevisionTags, readRevisionTag } from './revision-tags.ts';

/** Knows the namespaces of a cluster and the revision tags that its webhook configurations stand for. */
export function clusterNamespaces(
  api: ApiServer,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): NamespaceKnowledge {
  let tags: RevisionTags | 'unknown' | undefined;
  const namespaces = follow<NamespaceMeta>(api, allNamespaces, { read: readNamespace, logger });
  const webhooks = follow<RevisionTag | undefined>(api, revisionTagWebhooks, {
    read: readRevisionTag,
    onChange: () => {
      tags = undefined;
    },
    logger,
  });
  following(namespaces);
  following(webhooks);
  return {
    description: 'namespaces of the cluster',
    namespace: (name) => namespaces.items.get(name),
    names: () => namespaces.items.keys(),
    tags() {
      tags ??= readTags(webhooks);
      return tags === 'unknown' ? undefined : tags;
    },
    readiness() {
      return [namespaces, webhooks]
        .map((followed) => awaited(followed.status()))
        .filter((reason) => reason !== undefined)
        .map((reason) => `waiting for ${reason}`);
    },
    async stop() {
      await Promise.all([namespaces.stop(), webhooks.stop()]);
    },
  };
}

function readTags(webhooks: Followed<RevisionTag | undefined>): RevisionTags | 'unknown' {
  const { synced, absent } = webhooks.status();
  if (!synced || absent) return 'unknown';
  const known = [...webhooks.items.values()].filter((entry) => entry !== undefined);
  return new Map(known.map(({ tag, revision }) => [tag, revision]));
}
