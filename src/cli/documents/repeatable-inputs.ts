import { statSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliContext } from '../context.ts';
import { TemporaryFile, uniqueSuffix } from '../output/temporary-file.ts';
import { readInput } from './read-input.ts';

/**
 * Inputs that can be read more than once. What cannot be (standard input, a pipe, a URL) is kept in a temporary
 * file without a name when it is first read, so that memory does not grow with it.
 */
export class RepeatableInputs {
  private readonly context: Pick<CliContext, 'stdin'>;
  private readonly kept = new Map<string, TemporaryFile>();

  constructor(context: Pick<CliContext, 'stdin'>) {
    this.context = context;
  }

  /** As `readInput`. */
  async *read(file: string): AsyncGenerator<string> {
    if (isRegular(file)) {
      yield* readInput(file, this.context);
      return;
    }
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    for (const piece of (await this.keep(file)).read()) {
      yield decoder.decode(piece, { stream: true });
    }
    yield decoder.decode();
  }

  close(): void {
    for (const file of this.kept.values()) file.close();
  }

  private async keep(name: string): Promise<TemporaryFile> {
    const existing = this.kept.get(name);
    if (existing) return existing;
    let file: TemporaryFile | undefined;
    for await (const text of readInput(name, this.context)) {
      file ??= this.open();
      file.write(text);
    }
    file ??= this.open();
    this.kept.set(name, file);
    return file;
  }

  private open(): TemporaryFile {
    const file = new TemporaryFile(join(tmpdir(), `outrigger-${uniqueSuffix()}`));
    unlinkSync(file.path);
    return file;
  }
}

/** A name that does not exist counts, too: reading it tells so. */
function isRegular(file: string): boolean {
  if (file === '-') return false;
  try {
    return statSync(file).isFile();
  } catch {
    return !/^https?:\/\//i.test(file);
  }
}
