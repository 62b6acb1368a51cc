import { expect, test } from 'vitest';
import { progressLine } from '../../src/cli/output/progress-line.ts';

const mebibyte = 1024 * 1024;

/** A line with a clock that is set by hand, and all that it wrote. */
function lineWithClock(total: number | undefined) {
  let time = 0;
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) > 0 };
  const line = progressLine(stream as never, total, () => time);
  const addAt = (when: number, amount: number) => {
    time = when;
    line.add(amount);
  };
  return { line, addAt, written };
}

test('short work shows nothing', () => {
  const { line, addAt, written } = lineWithClock(10 * mebibyte);
  addAt(500, 5 * mebibyte);
  addAt(999, 5 * mebibyte);
  line.end();
  expect(written).toEqual([]);
});

test('long work shows its share, not too often, and leaves no trace', () => {
  const { line, addAt, written } = lineWithClock(10 * mebibyte);
  addAt(1000, 3 * mebibyte);
  addAt(1050, 1 * mebibyte);
  addAt(1100, 1 * mebibyte);
  line.end();
  expect(written).toEqual([
    '\r[#######.................] 30% of 10.0 MiB\u001b[K',
    '\r[############............] 50% of 10.0 MiB\u001b[K',
    '\r\u001b[K',
  ]);
});

test('work of unknown size shows its amount', () => {
  const { addAt, written } = lineWithClock(undefined);
  addAt(2000, 1.5 * mebibyte);
  expect(written).toEqual(['\r1.5 MiB\u001b[K']);
});
