import { isJsonObject, type JsonObject } from '../json.ts';

/** Which revision each tag points at. */
export type RevisionTags = ReadonlyMap<string, string>;

/** A tag and its revision. */
export interface RevisionTag {
  readonly tag: string;
  readonly revision: string;
}

/**
 * The tag that a MutatingWebhookConfiguration stands for, by its labels (`istioctl/pkg/tag/util.go`). Undefined
 * for one that stands for none.
 */
export function readRevisionTag({ metadata }: JsonObject): RevisionTag | undefined {
  const labels = isJsonObject(metadata) ? metadata['labels'] : undefined;
  if (!isJsonObject(labels)) return undefined;
  const { 'istio.io/tag': tag, 'istio.io/rev': revision } = labels;
  if (typeof tag !== 'string' || tag === '') return undefined;
  if (typeof revision !== 'string' || revision === '') return undefined;
  return { tag, revision };
}

/** What tags mean for one revision. */
export interface RevisionNames {
  /** Tags that point at it. */
  readonly tags: readonly string[];
  /** The tag `default` points at another one. */
  readonly defaultElsewhere: boolean;
}

/** @param revision empty means `default` */
export function namesOfRevision(all: RevisionTags, revision: string): RevisionNames {
  const own = revision || 'default';
  const tags = [...all].filter(([, target]) => target === own).map(([tag]) => tag);
  const target = all.get('default');
  return { tags, defaultElsewhere: target !== undefined && target !== own };
}
