import { closeSync, openSync, readSync } from 'node:fs';
import { OutriggerError } from '../../errors.ts';
import { fileError } from '../configuration/read-text-file.ts';
import type { CliContext } from '../context.ts';
import { inputName, isUrl } from './input-names.ts';

type StdinHolder = Pick<CliContext, 'stdin'>;

/**
 * Reads a file, a URL, or standard input for `-`, as text, piece by piece. Throws `OUTRIGGER_FILE` when it
 * cannot be read or is not UTF-8.
 *
 * @param context standard input is opened when it is read
 */
export async function* readInput(path: string, context: StdinHolder): AsyncGenerator<string> {
  const source = await readBytes(path, context);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const name = inputName(path);
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
    throw error instanceof OutriggerError ? error : fileError(name, error);
  }
}

/** The bytes of an input; a stream of text stays text. */
async function readBytes(
  path: string,
  context: StdinHolder,
): Promise<AsyncIterable<Uint8Array | string> | Iterable<Uint8Array>> {
  if (path === '-') return context.stdin;
  if (!isUrl(path)) return pieces(path);
  const { fetchInput } = await import('./fetch-input.ts');
  return fetchInput(path);
}

/** A file piece by piece; reading it is all there is to do, so nothing is won by not waiting for it. */
function* pieces(path: string): Generator<Buffer> {
  const descriptor = openSync(path, 'r');
  try {
    // The text of a larger piece would count as a large object, and stay until all of the heap is looked through.
    const piece = Buffer.alloc(64 * 1024);
    for (;;) {
      const size = readSync(descriptor, piece);
      if (size === 0) return;
      yield piece.subarray(0, size);
    }
  } finally {
    closeSync(descriptor);
  }
}
