import type { InjectionConfiguration, WorkloadKinds } from '../inject/index.ts';
import { type UninjectedObject, uninjectObject } from '../uninject/uninject-object.ts';
import { parseDocument } from './documents/parse-document.ts';
import type { SourceDocument } from './documents/source-document.ts';
import { patchDocument } from './patch-document.ts';
import type { RewrittenDocument } from './rewritten-document.ts';
import { workloadErrors } from './workload-errors.ts';

/** What came of a document that an injection was to be taken out of. */
export interface UninjectedDocument extends RewrittenDocument {
  readonly object: UninjectedObject | undefined;
}

/**
 * Takes an injection out of one document of a manifest: only what injection brought or changed differs in its
 * text.
 *
 * @param configuration the one that it was injected with, as far as it is known
 * @throws OutriggerError or `AggregateError` of them, with the place in the file, when the document cannot be
 * read or the record of an injection in it is damaged
 */
export async function uninjectDocument(
  document: SourceDocument,
  configuration: InjectionConfiguration,
  kinds: WorkloadKinds,
): Promise<UninjectedDocument> {
  const object = parseDocument(document);
  if (object === undefined) return { text: document.text, object };
  const result = uninjectObject(object, kinds, configuration);
  const errors = workloadErrors(document, result);
  if (errors.length > 1) throw new AggregateError(errors);
  if (errors[0]) throw errors[0];
  if (result.patch.length === 0) return { text: document.text, object: result, value: object };
  const { text, ...change } = await patchDocument(document, object, result.patch);
  return { text, object: result, value: change.after, change };
}
