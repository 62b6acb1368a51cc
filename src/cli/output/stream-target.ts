import { unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { CliContext } from '../context.ts';
import type { OutputTarget } from './output-target.ts';
import { TemporaryFile, uniqueSuffix } from './temporary-file.ts';

/** So much output is kept in memory; when there is more, it goes to a temporary file. */
const memoryLimit = 1024 * 1024;
/** From then on less is kept: what waits for long is old for the garbage collector, and stays for longer yet. */
const pieceLimit = 32 * 1024;

/** Standard output as a target; see {@link streamTarget}. */
export function stdoutTarget(
  context: Pick<CliContext, 'stdout' | 'stdoutDescriptor'>,
): OutputTarget {
  return targetOf(async (piece) => {
    const { stdoutDescriptor } = context;
    const rest = stdoutDescriptor === undefined ? piece : writeNow(stdoutDescriptor, piece);
    if (rest.length > 0) await send(context.stdout, rest);
  });
}

/**
 * Writes to a stream, in one go at the end: whoever reads from a pipe never sees half of a result. Memory
 * stays bounded, because long output waits in a temporary file.
 */
export function streamTarget(stream: Writable): OutputTarget {
  return targetOf((piece) => send(stream, piece));
}

/** @param deliver resolves when it needs the piece no more */
function targetOf(deliver: (piece: string | Buffer) => Promise<void>): OutputTarget {
  let texts: string[] = [];
  let length = 0;
  let file: TemporaryFile | undefined;
  return {
    write(text) {
      texts.push(text);
      length += text.length;
      if (length < (file ? pieceLimit : memoryLimit)) return;
      file ??= anonymousFile();
      if (!file) return;
      file.write(texts.join(''));
      texts = [];
      length = 0;
    },
    seal() {},
    async commit() {
      for (const piece of file?.read() ?? []) await deliver(piece);
      if (texts.length > 0) await deliver(texts.join(''));
      file?.close();
    },
    discard() {
      texts = [];
      file?.close();
    },
  };
}

/** A file without a name: gone when it is closed, whatever happens. Undefined where there is no room. */
function anonymousFile(): TemporaryFile | undefined {
  try {
    const file = new TemporaryFile(join(tmpdir(), `outrigger-${uniqueSuffix()}`));
    unlinkSync(file.path);
    return file;
  } catch {
    return undefined;
  }
}

/**
 * Writes as much as the other end takes at once, and gives back the rest. Errors are left to a stream, which meets
 * them again.
 */
function writeNow(descriptor: number, piece: string | Buffer): string | Buffer {
  const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(descriptor, bytes, at);
  } catch {
    return bytes.subarray(at);
  }
  return '';
}

/** Resolves when the stream needs the piece no more. */
function send(stream: Writable, piece: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    // Not by what the callback is told: others who listen for errors come first.
    stream.once('error', reject);
    stream.write(piece, (error) => {
      if (error) return;
      stream.off('error', reject);
      resolve();
    });
  });
}
