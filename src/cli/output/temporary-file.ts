import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';

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
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at);
  }

  /** The content from the start, piece by piece. */
  *read(): Generator<Buffer> {
    const piece = Buffer.alloc(256 * 1024);
    let position = 0;
    for (;;) {
      const size = readSync(this.descriptor, piece, 0, piece.length, position);
      if (size === 0) return;
      position += size;
      yield Buffer.from(piece.subarray(0, size));
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
