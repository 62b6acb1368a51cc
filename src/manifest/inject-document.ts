import type { Injector, ObjectResult, WorkloadKinds } from '../inject/index.ts';
import { injectObject } from '../inject/index.ts';
import { parseDocument } from './documents/parse-document.ts';
import type { SourceDocument } from './documents/source-document.ts';
import { patchDocument } from './patch-document.ts';
import type { RewrittenDocument } from './rewritten-document.ts';
import { workloadErrors } from './workload-errors.ts';

/** What came of a document that was to be injected. */
export interface DocumentResult extends RewrittenDocument {
  readonly object: ObjectResult | undefined;
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
