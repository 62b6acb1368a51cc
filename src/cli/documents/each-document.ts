import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { splitDocuments } from '../../manifest/documents/split-documents.ts';
import type { CliContext } from '../context.ts';
import { errorsIn, inFile } from '../several-errors.ts';
import { readInput, stdinName } from './read-input.ts';

/** After so many errors the rest of the input is not looked at any more. */
const maxErrors = 20;

/** What is done with the documents of manifests. */
export interface DocumentVisitor {
  /** @param name the file, for people */
  startFile?(name: string): void;
  /** What this throws is collected, and the next document is visited. */
  document(document: SourceDocument, name: string): Promise<void> | void;
  endFile?(name: string): void;
}

/**
 * Visits every document of the named files, one after the other; `-` is standard input.
 *
 * @returns what went wrong; all of it is told at the end, so that it can be put right in one go
 */
export async function eachDocument(
  files: readonly string[],
  { stdin }: Pick<CliContext, 'stdin'>,
  visitor: DocumentVisitor,
): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (const file of files) {
    const name = file === '-' ? stdinName : file;
    visitor.startFile?.(name);
    try {
      for await (const document of splitDocuments(readInput(file, stdin))) {
        if (errors.length >= maxErrors) return errors;
        try {
          await visitor.document(document, name);
        } catch (error) {
          errors.push(...errorsIn(inFile(error, name)));
        }
      }
      visitor.endFile?.(name);
    } catch (error) {
      errors.push(inFile(error, name));
    }
  }
  return errors;
}

/** Throws the errors if there are any. */
export function throwErrors(errors: readonly unknown[]): void {
  if (errors.length > 0) throw new AggregateError(errors);
}
