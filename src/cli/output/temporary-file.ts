import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

const pieceSize = 64 * 1024;
/** Where all text becomes bytes: buffers of its own for each would be garbage outside of the heap. */
const piece = Buffer.allocUnsafeSlow(pieceSize);
const encoder = new TextEncoder();

/** An ending for the name of a temporary file. It need not be secret: the file must not exist before. */
export function uniqueSuffix(): string {
  return `${process.pid}-${process.hrtime.bigint().toString(36)}`;
}

/** A file of our own that nobody else can read, for text that waits to be delivered. */
export class TemporaryFile {
  readonly path: string;
  readonly descriptor: number;
  private open = true;

  /** Creates the file; throws what `openSync` throws. */
  constructor(path: string) {
    this.path = path;
    this.descriptor = openSync(path, 'wx+', 0o600);
  }

  write(text: string): void {
    for (let from = 0; from < text.length; ) {
      const { read, written } = encoder.encodeInto(from === 0 ? text : text.slice(from), piece);
      from += read;
      for (let at = 0; at < written; ) at += writeSync(this.descriptor, piece, at, written - at);
    }
  }

  /** The content from the start, piece by piece. Each is only good until the next one is asked for. */
  *read(): Generator<Buffer> {
    const own = Buffer.allocUnsafe(pieceSize);
    for (let position = 0; ; ) {
      const size = readSync(this.descriptor, own, 0, own.length, position);
      if (size === 0) return;
      position += size;
      yield own.subarray(0, size);
    }
  }

  close(): void {
    if (this.open) closeSync(this.descriptor);
    this.open = false;
  }

  /** Removes the file; harmless when it is gone. */
  remove(): void {
    this.close();
    try {
      unlinkSync(this.path);
    } catch {
      // Renamed or removed before.
    }
  }
}
