/**
 * Namespaces and revision tags as they are known without a cluster. Exports: {@link NamespaceTable},
 * {@link namespaceTable}, {@link addNamespaces}, {@link addNamespacesOfFiles}.
 */
import { namespaceLabels } from '../../inject/annotations.ts';
import type { NamespaceMeta } from '../../inject/index.ts';
import { metadataText, typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { parseDocument } from '../../manifest/documents/parse-document.ts';
import { parseNamespaces } from '../../serving/namespaces-file.ts';
import { readNamespace } from '../../serving/read-namespace.ts';
import { readRevisionTag } from '../../serving/revision-tags.ts';
import { readTextFile } from '../configuration/read-text-file.ts';
import type { CliContext } from '../context.ts';
import { inFile } from '../several-errors.ts';
import { eachDocument, type InputReader } from './each-document.ts';
import type { Injection } from './load-injection.ts';

/** What is known about namespaces. */
export interface NamespaceTable {
  readonly namespaces: Map<string, NamespaceMeta>;
  /** Revisions by tag. */
  readonly tags: Map<string, string>;
}

/** Documents without these words have nothing of interest, and need not be parsed twice. */
const interesting = /Namespace|MutatingWebhookConfiguration/;

/**
 * Reads the table from a file, and adds what is only known to the cluster. Throws OutriggerError with the file.
 *
 * @param cluster what a cluster says, where one was asked
 */
export function namespaceTable(
  file: string | undefined,
  cluster?: Injection['clusterNamespaces'],
): NamespaceTable {
  const { namespaces, tags } = tableOfFile(file);
  return {
    namespaces: new Map([...(cluster?.namespaces ?? []), ...namespaces]),
    tags: new Map([...(cluster?.tags ?? []), ...tags]),
  };
}

function tableOfFile(file: string | undefined): NamespaceTable {
  if (file === undefined) return { namespaces: new Map(), tags: new Map() };
  const text = readTextFile(file);
  try {
    const { namespaces, tags } = parseNamespaces(text);
    return { namespaces: new Map(namespaces), tags: new Map(tags) };
  } catch (error) {
    throw inFile(error, file);
  }
}

/** Adds what an object, or a List of objects, says about namespaces; anything else is passed over. */
export function addNamespaces(table: NamespaceTable, object: JsonObject): void {
  const { kind } = typeOf(object);
  const { items } = object;
  if (Array.isArray(items) && (kind.endsWith('List') || kind === '')) {
    for (const item of items) {
      if (!isJsonObject(item)) continue;
      // The items of a NamespaceList need no kind of their own.
      addNamespaces(table, kind === 'NamespaceList' ? { ...item, kind: 'Namespace' } : item);
    }
  } else if (kind === 'Namespace') {
    const name = metadataText(object, 'name');
    const meta = readNamespace(object);
    // The API server gives every namespace this label.
    const labels = { ...meta.labels, [namespaceLabels.name]: name };
    if (name !== '') table.namespaces.set(name, { ...meta, labels });
  } else if (kind === 'MutatingWebhookConfiguration') {
    const tag = readRevisionTag(object);
    if (tag) table.tags.set(tag.tag, tag.revision);
  }
}

/** Adds what manifests say. What is wrong with them is left to whoever reads them next. */
export async function addNamespacesOfFiles(
  table: NamespaceTable,
  files: readonly string[],
  context: Pick<CliContext, 'stdin'>,
  read: InputReader,
): Promise<void> {
  await eachDocument(
    files,
    context,
    {
      document(document) {
        if (!interesting.test(document.text)) return;
        const object = parseDocument(document);
        if (object) addNamespaces(table, object);
      },
    },
    read,
  );
}
