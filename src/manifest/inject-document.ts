import type { Injector, ObjectResult, WorkloadKinds } from '../inject/index.ts';
import { injectObject } from '../inject/index.ts';
import type { JsonObject } from '../json.ts';
import { parseDocument } from './documents/parse-document.ts';
import type { SourceDocument } from './documents/source-document.ts';
import { type DocumentChange, patchDocument } from './patch-document.ts';
import { workloadErrors } from './workload-errors.ts';

/** What came of a document. */
export interface DocumentResult {
  /** The document's text with the sidecar in it; the very text that came in when nothing changes. */
  readonly text: string;
  /** What came of the object in it; undefined when there is none. */
  readonly object: ObjectResult | undefined;
  /** The object as it is now. */
  readonly value?: JsonObject;
  /** The object before and after, and what changed in the text; undefined when nothing does. */
  readonly change?: DocumentChange;
}

/**
 * Injects into one document of a manifest: only what injection adds or changes differs in its text.
 *
 * @throws OutriggerError or `AggregateError` of them, with the place in the file, when the document cannot be
 * read or something in it is refused
 */
export async function injectDocument(
  document: SourceDocument,
  injector: Injector,
  kinds: WorkloadKinds,
): Promise<DocumentResult> {
  const object = parseDocument(document);
  if (object === undefined) return { text: document.text, object };
  const result = injectObject(injector, object, kinds);
  const errors = workloadErrors(document, result);
  if (errors.length > 1) throw new AggregateError(errors);
  if (errors[0]) throw errors[0];
  if (result.patch.length === 0) {
    return { text: document.text, object: result, value: object };
  }
  const { text, ...change } = await patchDocument(document, object, result.patch);
  return { text, object: result, value: change.after, change };
}
