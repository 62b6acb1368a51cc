import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import type { Injector, ObjectResult, WorkloadKinds } from '../inject/index.ts';
import { injectObject } from '../inject/index.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { parseDocument } from './documents/parse-document.ts';
import type { SourceDocument } from './documents/source-document.ts';
import { workloadErrors } from './workload-errors.ts';

/** What came of a document. */
export interface DocumentResult {
  /** The document's text with the sidecar in it; the very text that came in when nothing changes. */
  readonly text: string;
  /** Undefined when there is no object in it. */
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
  if (result.patch.length === 0) return { text: document.text, object: result };
  const text = await rewrite(document, object, result);
  return { text, object: result };
}

async function rewrite(
  { text, number, line }: SourceDocument,
  object: JsonObject,
  { patch }: ObjectResult,
): Promise<string> {
  // Most documents of most manifests do not change; what edits them is loaded when one does.
  const { default: jsonPatch } = await import('fast-json-patch');
  const { rewriteText } = await import('./edit/rewrite-text.ts');
  try {
    const { newDocument } = jsonPatch.applyPatch<JsonValue>(object, patch as never, false, false);
    return rewriteText(text, object, newDocument, parseGoYaml);
  } catch (error) {
    if (!(error instanceof OutriggerError)) throw error;
    const { code, message, hint, place } = error;
    throw new OutriggerError(code, message, {
      place: { document: number, line: line + (place.line ?? 1) - 1 },
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  }
}
