import { statSync } from 'node:fs';
import type { CliContext } from '../context.ts';
import { progressLine } from '../output/progress-line.ts';
import type { InputReader } from './each-document.ts';

/**
 * A reader that shows on a terminal how much of the inputs has been read; elsewhere the very reader it is given.
 *
 * @param files everything that is going to be read
 * @param terminal undefined where there is none
 * @param times how often each is read
 */
export function withProgress(
  read: InputReader,
  files: readonly string[],
  terminal: Pick<CliContext, 'stderr'> | undefined,
  times = 1,
): { readonly read: InputReader; readonly end: () => void } {
  if (!terminal) return { read, end() {} };
  const total = totalSize(files);
  const line = progressLine(terminal.stderr, total && total * times, Date.now);
  return {
    async *read(file) {
      for await (const piece of read(file)) {
        yield piece;
        // Only when more is asked for, this piece has been worked on.
        line.add(piece.length);
      }
    },
    end: () => line.end(),
  };
}

/** In bytes; undefined when not all inputs are files. */
function totalSize(files: readonly string[]): number | undefined {
  let total = 0;
  for (const file of files) {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    total += stats.size;
  }
  return total;
}
