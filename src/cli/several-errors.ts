import { OutriggerError } from '../errors.ts';

/** The errors behind what was thrown: an AggregateError stands for all of its own. */
export function errorsIn(thrown: unknown): readonly unknown[] {
  return thrown instanceof AggregateError ? thrown.errors.flatMap(errorsIn) : [thrown];
}

/** Adds the file to errors that say where in a file they are. */
export function inFile(thrown: unknown, file: string): unknown {
  if (thrown instanceof AggregateError) {
    return new AggregateError(thrown.errors.map((error) => inFile(error, file)));
  }
  if (!(thrown instanceof OutriggerError) || thrown.place.file !== undefined) return thrown;
  // Errors about a file as such name it in their message.
  if (thrown.code === 'OUTRIGGER_FILE') return thrown;
  const { code, message, place, hint } = thrown;
  return new OutriggerError(code, message, {
    place: { file, ...place },
    ...(hint !== undefined && { hint }),
    cause: thrown,
  });
}

/** Adds the line of a file to errors that say no line. */
export function atLine(thrown: unknown, line: number): unknown {
  if (!(thrown instanceof OutriggerError) || thrown.place.line !== undefined) return thrown;
  const { code, message, place, hint } = thrown;
  return new OutriggerError(code, message, {
    place: { ...place, line },
    ...(hint !== undefined && { hint }),
    cause: thrown,
  });
}
