import type { Logger } from 'pino';
import type { NamespaceMeta } from '../inject/types.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { follow } from '../kube/follow.ts';
import { awaited, type Followed } from '../kube/followed.ts';
import { allNamespaces, allWebhooks, revisionTagWebhooks } from '../kube/resource.ts';
import type { NamespaceKnowledge } from './namespace-knowledge.ts';
import { readNamespace } from './read-namespace.ts';
import { type RevisionTag, type RevisionTags, readRevisionTag } from './revision-tags.ts';
import {
  type CalledService,
  type Caller,
  type CallerSelectors,
  callerOf,
  readCallers,
} from './webhook-callers.ts';

/** What is of use about a MutatingWebhookConfiguration. */
interface WebhookFacts {
  readonly tag: RevisionTag | undefined;
  readonly callers: readonly CallerSelectors[];
}

interface KnownWebhooks {
  readonly tags: RevisionTags | undefined;
  readonly callers: readonly Caller[] | undefined;
}

const nothingKnown: KnownWebhooks = { tags: undefined, callers: undefined };

/**
 * Knows the namespaces of a cluster, the revision tags that its webhook configurations stand for, and which of them
 * call us.
 *
 * @param service that we answer behind; undefined where that is not known, and then nor is who calls
 */
export function clusterNamespaces(
  api: ApiServer,
  service: CalledService | undefined,
  logger: Logger,
  following: (followed: Followed<unknown>) => void,
): NamespaceKnowledge {
  let known: KnownWebhooks | undefined;
  const namespaces = follow<NamespaceMeta>(api, allNamespaces, { read: readNamespace, logger });
  const webhooks = follow<WebhookFacts>(
    api,
    service === undefined ? revisionTagWebhooks : allWebhooks,
    {
      read: (object) => ({
        tag: readRevisionTag(object),
        callers: service === undefined ? [] : readCallers(object, service),
      }),
      onChange: () => {
        known = undefined;
      },
      logger,
    },
  );
  following(namespaces);
  following(webhooks);
  const knownNow = (): KnownWebhooks => {
    known ??= readKnown(webhooks, service !== undefined);
    return known;
  };
  return {
    description: 'namespaces of the cluster',
    namespace: (name) => namespaces.items.get(name),
    names: () => namespaces.items.keys(),
    tags: () => knownNow().tags,
    callers: () => knownNow().callers,
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

function readKnown(webhooks: Followed<WebhookFacts>, serviceIsKnown: boolean): KnownWebhooks {
  const { synced, absent } = webhooks.status();
  if (!synced || absent) return nothingKnown;
  const all = [...webhooks.items.values()];
  const tags = all.map(({ tag }) => tag).filter((tag) => tag !== undefined);
  return {
    tags: new Map(tags.map(({ tag, revision }) => [tag, revision])),
    callers: serviceIsKnown
      ? all.flatMap(({ callers }) => callers.map((caller) => callerOf(caller)))
      : undefined,
  };
}
