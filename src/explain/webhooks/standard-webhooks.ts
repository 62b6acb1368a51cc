import { tagConfiguration } from '../../install/tags/tag-webhooks.ts';
import type { JsonObject } from '../../json.ts';
import { readEntries, type WebhookEntry } from './webhook-entry.ts';

const entry: JsonObject = {
  failurePolicy: 'Fail',
  rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
};

/**
 * The webhooks of a default installation, for when those of the cluster are not known.
 *
 * @param revision empty means `default`
 * @param tags revisions by tag
 */
export function standardWebhooks(
  revision: string,
  tags: ReadonlyMap<string, string>,
  enableNamespacesByDefault: boolean,
): WebhookEntry[] {
  const own = revision || 'default';
  const autoInjectNamespaces = enableNamespacesByDefault;
  // As far as selectors go, a revision is a tag that points at itself.
  const all = new Map([[own, own], ...tags]);
  return readEntries(
    [...all].map(([tag, target]) => {
      const name = tag === target ? nameOf(target) : `istio-revision-tag-${tag}`;
      return tagConfiguration(
        { metadata: {}, webhooks: [entry] },
        { tag, revision: target, name, autoInjectNamespaces },
      );
    }),
  ).map((one) => (one.tag === one.revision ? { ...one, tag: undefined } : one));
}

function nameOf(revision: string): string {
  return `istio-sidecar-injector${revision === 'default' ? '' : `-${revision}`}`;
}
