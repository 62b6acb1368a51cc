import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { splitDocuments } from '../../manifest/documents/split-documents.ts';
import type { CliContext } from '../context.ts';
import { errorsIn, inFile } from '../several-errors.ts';
import { inputName } from './input-names.ts';
import { readInput } from './read-input.ts';
import { takeTurns } from './take-turns.ts';

/** After so many errors the rest of the input is not looked at any more. */
const maxErrors = 20;
/**
 * An input with more documents is a large one. Few enough to come before the first time that all of the heap is looked
 * through, when it is decided how far it may grow until the next time.
 */
const manyDocuments = 10;
/** In per cent: hardly anything outlives its document. */
const heapGrowth = 10;

/** Gives the text of an input, piece by piece. */
export type InputReader = (file: string) => AsyncIterable<string>;

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
 * @param files as `findInputs` gives them
 * @returns what went wrong; all of it is told at the end, so that it can be put right in one go
 */
export async function eachDocument(
  files: readonly string[],
  context: Pick<CliContext, 'stdin' | 'saveMemory'>,
  visitor: DocumentVisitor,
  read: InputReader = (file) => readInput(file, context),
): Promise<unknown[]> {
  const errors: unknown[] = [];
  let visited = 0;
  for (const file of files) {
    const name = inputName(file);
    visitor.startFile?.(name);
    try {
      for await (const document of splitDocuments(read(file))) {
        if (errors.length >= maxErrors) return errors;
        if (++visited === manyDocuments) context.saveMemory?.(heapGrowth);
        await takeTurns();
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
