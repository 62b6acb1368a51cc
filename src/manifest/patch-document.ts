import { OutriggerError } from '../errors.ts';
import { parseGoYaml } from '../goyaml/index.ts';
import type { PatchOperation } from '../inject/index.ts';
import type { JsonObject } from '../json.ts';
import { applyPatch } from './apply-patch.ts';
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
  // To ask the module loader once more for each document would take longer than to apply its patch.
  editor ??= await import('./edit/rewrite-text.ts');
  try {
    const after = applyPatch(object, patch);
    return { before: object, after, ...editor.rewriteWithEdits(text, object, after, parseGoYaml) };
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

/** Most documents of most manifests do not change, and do without it. */
let editor: typeof import('./edit/rewrite-text.ts') | undefined;
