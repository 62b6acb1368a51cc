import type { Writable } from 'node:stream';

/** Work that is done sooner than this needs no progress, in milliseconds. */
const patience = 1000;
/** So often the line is drawn again, in milliseconds. */
const interval = 100;
const barWidth = 24;
const mebibyte = 1024 * 1024;

/** One line on a terminal that says how far long work is, drawn over itself. */
export interface ProgressLine {
  /** So many characters more are done. */
  add(characters: number): void;
  /** Takes the line away, so that other text can follow. */
  end(): void;
}

/**
 * Makes the line; nothing shows before the work has taken a while.
 *
 * @param total how much there is to do, in bytes; undefined when nobody knows. Text counts by its characters, so
 * this may be a little more than what is done in the end.
 * @param now milliseconds
 */
export function progressLine(
  stream: Pick<Writable, 'write'>,
  total: number | undefined,
  now: () => number,
): ProgressLine {
  const start = now();
  let drawn = start + patience - interval;
  let done = 0;
  let shown = false;
  return {
    add(characters) {
      done += characters;
      const time = now();
      if (time < drawn + interval) return;
      drawn = time;
      shown = true;
      stream.write(`\r${lineText(done, total)}\u001b[K`);
    },
    end() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}

function lineText(done: number, total: number | undefined): string {
  const amount = (done / mebibyte).toFixed(1);
  if (!total) return `${amount} MiB`;
  const share = Math.min(1, done / total);
  const filled = Math.floor(share * barWidth);
  const bar = '#'.repeat(filled).padEnd(barWidth, '.');
  return `[${bar}] ${Math.floor(share * 100)}% of ${(total / mebibyte).toFixed(1)} MiB`;
}
