import { OutriggerError } from '../../errors.ts';
import { findLine } from './find-line.ts';
import type { SourceText } from './read-sources.ts';

/** Does something with a text and, when that throws, says which file is to blame; see {@link blame}. */
export function blameFile<Result>(source: SourceText, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw blame(source, error, source.text);
  }
}

/**
 * Adds the file, and the line in it, to an error about a part of that file.
 *
 * @param part the text that the error's line is counted in
 */
export function blame(source: SourceText, error: unknown, part: string): unknown {
  if (!(error instanceof OutriggerError) || source.file === undefined) return error;
  const { line, column, path } = error.place;
  const found =
    line === undefined || source.fileText === undefined
      ? undefined
      : findLine(source.fileText, part, line);
  return new OutriggerError(error.code, withoutLine(error.message, found !== undefined), {
    place: {
      file: source.file,
      ...(path !== undefined && path !== '' && { path }),
      ...(found && {
        line: found.line,
        lineText: found.text,
        ...(column !== undefined && { column: column + found.indent }),
      }),
    },
    // A hint that only repeats the place counts lines in a part of the file.
    ...(error.hint !== undefined && !/^look at line/i.test(error.hint) && { hint: error.hint }),
    cause: error,
  });
}

/** Drops go-yaml's own line number, which counts in a part of the file only. */
function withoutLine(message: string, found: boolean): string {
  return found ? message.replace(/yaml: line \d+: /, 'yaml: ') : message;
}
