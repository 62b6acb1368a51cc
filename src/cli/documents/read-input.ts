import { closeSync, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { OutriggerError } from '../../errors.ts';
import { fileError } from '../configuration/read-text-file.ts';

/** Name of standard input in messages. */
export const stdinName = '<stdin>';

/**
 * Reads a file, or standard input for `-`, as text, piece by piece. Throws `OUTRIGGER_FILE` when it cannot
 * be read or is not UTF-8.
 */
export async function* readInput(path: string, stdin: Readable): AsyncGenerator<string> {
  const source = path === '-' ? stdin : pieces(path);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const name = path === '-' ? stdinName : path;
  try {
    for await (const piece of source) {
      yield typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) {
      throw new OutriggerError('OUTRIGGER_FILE', `${name} is not UTF-8 text`, {
        hint: 'Convert it first, for example with iconv -t UTF-8.',
        cause: error,
      });
    }
    throw fileError(name, error);
  }
}

/** A file piece by piece; reading it is all there is to do, so nothing is won by not waiting for it. */
function* pieces(path: string): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(256 * 1024);
    for (;;) {
      const size = readSync(descriptor, piece);
      if (size === 0) return;
      yield piece.subarray(0, size);
    }
  } finally {
    closeSync(descriptor);
  }
}
