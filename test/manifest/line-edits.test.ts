import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineEdits } from '../../src/manifest/diff/line-edits.ts';
import { UnifiedDiff } from '../../src/manifest/diff/unified-diff.ts';
import { applyTextEdits } from '../../src/manifest/edit/text-edits.ts';

const text = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');

/** Lines taken away and added, as many as the edits have. */
function changes(before: string, after: string): [removed: number, added: number] {
  const count = (part: string): number => part.split('\n').length - 1;
  const edits = lineEdits(before, after);
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);
  return [
    sum(edits.map(({ start, end }) => count(before.slice(start, end)))),
    sum(edits.map(({ text }) => count(text))),
  ];
}

/** Length of the longest common subsequence, in the plain way. */
function common(a: readonly string[], b: readonly string[]): number {
  const rows = [new Array<number>(b.length + 1).fill(0)];
  for (const [i, line] of a.entries()) {
    const row = [0];
    for (const [j, other] of b.entries()) {
      const best = Math.max(rows[i]?.[j + 1] ?? 0, row[j] ?? 0);
      row.push(line === other ? (rows[i]?.[j] ?? 0) + 1 : best);
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

describe('the edits between two texts', () => {
  test('change no line that need not change', () => {
    expect(lineEdits(text('a', 'b'), text('a', 'b'))).toEqual([]);
    expect(lineEdits(text('a', 'b', 'c'), text('a', 'x', 'c'))).toEqual([
      { start: 2, end: 4, text: 'x\n' },
    ]);
    expect(lineEdits('', text('a'))).toEqual([{ start: 0, end: 0, text: 'a\n' }]);
    expect(lineEdits(text('a'), '')).toEqual([{ start: 0, end: 2, text: '' }]);
  });

  test('lead from one to the other in as few lines as there can be', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 14 });
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const from = text(...before);
        const to = text(...after);
        expect(applyTextEdits(from, lineEdits(from, to))).toBe(to);
        const shared = common(before, after);
        expect(changes(from, to)).toEqual([before.length - shared, after.length - shared]);
      }),
      { numRuns: 500 },
    );
  });

  test('are one for texts that have next to nothing in common', () => {
    const before = text('same', ...Array.from({ length: 3_000 }, (_, index) => `a${index}`));
    const after = text('same', ...Array.from({ length: 3_000 }, (_, index) => `b${index}`));
    const edits = lineEdits(before, after);
    expect(edits).toHaveLength(1);
    expect(applyTextEdits(before, edits)).toBe(after);
  });

  test('make a unified diff, also of a text that was not there', () => {
    const pieces: string[] = [];
    const diff = new UnifiedDiff(['x', 'x'], (line) => void pieces.push(line.text));
    diff.add('', lineEdits('', text('a', 'b')));
    diff.end();
    expect(pieces.join('')).toBe('--- x\n+++ x\n@@ -0,0 +1,2 @@\n+a\n+b\n');
  });
});
