import type { ErrorPlace } from '../../errors.ts';
import { OutriggerError } from '../../errors.ts';
import { MessageError } from './message-error.ts';

/** Why a text cannot be read, and where in it. */
export interface ReadFailure {
  readonly message: string;
  readonly place: ErrorPlace;
}

/** What an error of the YAML reader or the message reader says. */
export function readFailure(error: unknown): ReadFailure {
  if (error instanceof MessageError) return { message: error.message, place: { path: error.path } };
  if (error instanceof OutriggerError) return { message: error.message, place: error.place };
  return { message: error instanceof Error ? error.message : String(error), place: {} };
}
