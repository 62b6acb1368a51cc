/**
 * Namespaces out of a manifest, for working without a cluster. Exports: {@link parseNamespaces},
 * {@link NamespacesFile}.
 */
import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import { namespaceLabels } from '../inject/annotations.ts';
import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { readNamespace } from './read-namespace.ts';
import { type RevisionTags, readRevisionTag } from './revision-tags.ts';

/** What such a manifest says. */
export interface NamespacesFile {
  readonly namespaces: ReadonlyMap<string, NamespaceMeta>;
  readonly tags: RevisionTags;
}

/**
 * Reads Namespace objects, as YAML documents or in Lists (as `kubectl get namespaces -o yaml` gives them). Each
 * gets the label with its own name that the API server would give it. MutatingWebhookConfigurations next to them
 * are read for the revision tags that they stand for.
 *
 * @throws OutriggerError `OUTRIGGER_MANIFEST` when there is something else in it, or no namespace
 */
export function parseNamespaces(text: string): NamespacesFile {
  const namespaces = new Map<string, NamespaceMeta>();
  const tags = new Map<string, string>();
  for (const [index, document] of text.split(/^---[ \t]*(?:#.*)?$/m).entries()) {
    const value = parseGoYaml(document);
    if (value === null) continue;
    for (const object of objectsIn(value, index + 1)) {
      if (object['kind'] === 'MutatingWebhookConfiguration') {
        const tag = readRevisionTag(object);
        if (tag !== undefined) tags.set(tag.tag, tag.revision);
      } else {
        namespaces.set(...namespaceOf(object, index + 1));
      }
    }
  }
  if (namespaces.size > 0) return { namespaces, tags };
  throw new OutriggerError('OUTRIGGER_MANIFEST', 'there is no Namespace in it', {
    hint: 'kubectl get namespaces -o yaml writes such a file.',
  });
}

const listKinds = new Map([
  ['NamespaceList', 'Namespace'],
  ['MutatingWebhookConfigurationList', 'MutatingWebhookConfiguration'],
]);

function objectsIn(value: JsonValue, document: number): JsonObject[] {
  const kind = isJsonObject(value) && typeof value['kind'] === 'string' ? value['kind'] : undefined;
  if (isJsonObject(value) && kind !== undefined) {
    const items = Array.isArray(value['items']) ? value['items'] : [];
    if (kind === 'List') return items.flatMap((item) => objectsIn(item, document));
    // The items of such a list need no kind of their own.
    const itemKind = listKinds.get(kind);
    if (itemKind !== undefined) {
      return items.filter(isJsonObject).map((item) => ({ ...item, kind: itemKind }));
    }
    if ([...listKinds.values()].includes(kind)) return [value];
  }
  throw new OutriggerError(
    'OUTRIGGER_MANIFEST',
    `a Namespace is expected, got ${kind ?? 'something that has no kind'}`,
    { place: { document }, hint: 'Give only Namespace objects, or Lists of them.' },
  );
}

function namespaceOf(object: JsonObject, document: number): [string, NamespaceMeta] {
  const { name } = isJsonObject(object['metadata']) ? object['metadata'] : {};
  if (typeof name !== 'string' || name === '') {
    throw new OutriggerError('OUTRIGGER_MANIFEST', 'a Namespace has no name', {
      place: { document },
      hint: 'Give it metadata.name.',
    });
  }
  const meta = readNamespace(object);
  return [name, { ...meta, labels: { ...meta.labels, [namespaceLabels.name]: name } }];
}
