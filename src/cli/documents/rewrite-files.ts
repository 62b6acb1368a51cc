/** Exports: {@link rewriteFiles}. */
import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import type { RewrittenDocument } from '../../manifest/rewritten-document.ts';
import type { CliContext } from '../context.ts';
import { eachDocument } from './each-document.ts';
import type { PreparedInjection } from './prepare-injection.ts';
import type { ResultWriter } from './result-writer.ts';

/**
 * Hands what becomes of each document in files to a writer.
 *
 * @param rewrite is also given the name of the file, for people
 * @returns what went wrong
 */
export async function rewriteFiles(
  files: readonly string[],
  writer: ResultWriter,
  read: PreparedInjection['read'],
  context: CliContext,
  rewrite: (document: SourceDocument, name: string) => Promise<RewrittenDocument>,
): Promise<readonly unknown[]> {
  const visitor = {
    startFile: (name: string) => writer.startFile(name),
    async document(document: SourceDocument, name: string) {
      writer.document(document, await rewrite(document, name));
    },
  };
  const errors = await eachDocument(files, context, visitor, read);
  writer.end();
  return errors;
}
