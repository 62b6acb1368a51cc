import type { NamespaceMeta } from '../inject/types.ts';
import type { RevisionTags } from './revision-tags.ts';
import type { Caller } from './webhook-callers.ts';

/** What this process knows about namespaces. Lookups are in memory: they happen while a review is answered. */
export interface NamespaceKnowledge {
  /** For people: the cluster, or the file. */
  readonly description: string;
  /** Undefined for a namespace that is not known, perhaps because it is very new. */
  namespace(name: string): NamespaceMeta | undefined;
  names(): Iterable<string>;
  /** Undefined when they cannot be known. */
  tags(): RevisionTags | undefined;
  /** The webhooks of the cluster that call this server; undefined when they cannot be known. */
  callers?(): readonly Caller[] | undefined;
  /** Why there is no knowledge yet; empty when there is. */
  readiness(): readonly string[];
  stop(): Promise<void>;
}
