import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import type { PatchOperation } from '../inject/index.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { SourceDocument } from './documents/source-document.ts';
import type { TextEdit } from './edit/text-edits.ts';

/** What changed in a document. */
export interface DocumentChange {
  readonly before: JsonObject;
  readonly after: JsonObject;
  /** Edits of the text as it was. */
  readonly edits: readonly TextEdit[];
}

/**
 * Applies a patch to the object in a document, and edits the text so that it means the new object: only what
 * the patch changes differs.
 *
 * @param object what the text means; not changed
 * @throws OutriggerError with the place in the file, when the text cannot be edited
 */
export async function patchDocument(
  { text, number, line }: SourceDocument,
  object: JsonObject,
  patch: readonly PatchOperation[],
): Promise<DocumentChange & { readonly text: string }> {
  editors ??= await loadEditors();
  const { jsonPatch, rewriteWithEdits } = editors;
  try {
    const { newDocument } = jsonPatch.applyPatch<JsonValue>(object, patch as never, false, false);
    const after = newDocument as JsonObject;
    return { before: object, after, ...rewriteWithEdits(text, object, after, parseGoYaml) };
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

let editors: Awaited<ReturnType<typeof loadEditors>> | undefined;

/** Most documents of most manifests do not change, and do without these. */
async function loadEditors() {
  // To ask the module loader once more for each document would take longer than to apply its patch.
  const { default: jsonPatch } = await import('fast-json-patch');
  const { rewriteWithEdits } = await import('./edit/rewrite-text.ts');
  return { jsonPatch, rewriteWithEdits };
}
