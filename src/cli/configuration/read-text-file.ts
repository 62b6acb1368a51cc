import { readFileSync } from 'node:fs';
import { OutriggerError } from '../../errors.ts';

/** Reads what a flag names. Throws OutriggerError `OUTRIGGER_FILE`. */
export type ReadText = (name: string) => string;

/**
 * Reads a file as UTF-8 text. Throws OutriggerError `OUTRIGGER_FILE`, worded as Go words it
 * (`open x: no such file or directory`), which scripts know.
 */
export function readTextFile(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw fileError(path, cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new OutriggerError('OUTRIGGER_FILE', `${path} is not UTF-8 text`, { cause });
  }
}

/** What went wrong with a file, in words that say so. */
export function fileError(path: string, cause: unknown): OutriggerError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const known = reasons[code ?? ''];
  if (!known) return new OutriggerError('OUTRIGGER_FILE', `${path}: ${message}`, { cause });
  const [verb, reason, hint] = known;
  return new OutriggerError('OUTRIGGER_FILE', `${verb} ${path}: ${reason}`, {
    ...(hint !== undefined && { hint }),
    cause,
  });
}

const reasons: Readonly<Record<string, readonly [verb: string, reason: string, hint?: string]>> = {
  ENOENT: [
    'open',
    'no such file or directory',
    'Check the name; it is relative to the working directory.',
  ],
  EACCES: ['open', 'permission denied', 'Check the permissions of the file and of its directory.'],
  EISDIR: ['read', 'is a directory', 'Name a file, or - for standard input.'],
  ENOTDIR: ['open', 'not a directory'],
  ENOSPC: ['write', 'no space left on device'],
  EROFS: ['open', 'read-only file system'],
  EPERM: ['open', 'operation not permitted'],
};
