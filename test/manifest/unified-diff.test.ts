import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { UnifiedDiff } from '../../src/manifest/diff/unified-diff.ts';
import { applyTextEdits, type TextEdit } from '../../src/manifest/edit/text-edits.ts';

/** The diff of a text that is handed over in pieces, each with its own edits. */
function diffOf(pieces: readonly (readonly [text: string, edits: readonly TextEdit[]])[]): string {
  const lines: string[] = [];
  const diff = new UnifiedDiff(['a', 'b'], ({ text }) => lines.push(text));
  for (const [text, edits] of pieces) diff.add(text, edits);
  diff.end();
  return lines.join('');
}

const at = (start: number, end: number, text: string): TextEdit => ({ start, end, text });

describe('a unified diff', () => {
  test('is empty when nothing changes', () => {
    expect(diffOf([['a\nb\n', []]])).toBe('');
    expect(diffOf([['a\nb\n', [at(0, 1, 'a')]]])).toBe('');
  });

  test('shows whole lines with three lines around them', () => {
    const text = '1\n2\n3\n4\n5\n6\n7\n8\n9\n';
    expect(diffOf([[text, [at(8, 9, 'five')]]])).toBe(
      '--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n',
    );
  });

  test('shows insertions at the start, the end and between lines', () => {
    expect(diffOf([['1\n2\n', [at(0, 0, '0\n')]]])).toBe(
      '--- a\n+++ b\n@@ -1,2 +1,3 @@\n+0\n 1\n 2\n',
    );
    expect(diffOf([['1\n2\n', [at(4, 4, '3\n')]]])).toBe(
      '--- a\n+++ b\n@@ -1,2 +1,3 @@\n 1\n 2\n+3\n',
    );
    expect(diffOf([['1\n2\n', [at(1, 1, '\n1.5')]]])).toBe(
      '--- a\n+++ b\n@@ -1,2 +1,3 @@\n 1\n+1.5\n 2\n',
    );
  });

  test('says where a last line has no end', () => {
    expect(diffOf([['1\n2', [at(2, 3, 'two\n')]]])).toBe(
      '--- a\n+++ b\n@@ -1,2 +1,2 @@\n 1\n-2\n\\ No newline at end of file\n+two\n',
    );
  });

  test('counts lines over several pieces, also when one ends within a line', () => {
    expect(
      diffOf([
        ['1\n', []],
        ['{', []],
        ['}\n3\n', [at(2, 3, 'x')]],
      ]),
    ).toBe('--- a\n+++ b\n@@ -1,3 +1,3 @@\n 1\n {}\n-3\n+x\n');
  });
});

/** Texts with edits in them, cut into pieces. */
const editedText = fc
  .array(
    fc.record({
      keep: fc.array(fc.constantFrom('a\n', 'b\n', 'c', '\n', 'd\n'), { maxLength: 12 }),
      drop: fc.array(fc.constantFrom('a\n', 'x', '\n'), { maxLength: 4 }),
      put: fc.array(fc.constantFrom('a\n', 'y', '\n'), { maxLength: 4 }),
    }),
    { maxLength: 6 },
  )
  .map((parts) => {
    let text = '';
    const edits: TextEdit[] = [];
    for (const { keep, drop, put } of parts) {
      text += keep.join('');
      const start = text.length;
      text += drop.join('');
      edits.push(at(start, text.length, put.join('')));
      // Edits never touch each other.
      text += 'e';
    }
    return { text, edits };
  });

test('what patch makes of a text and its diff is the edited text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outrigger-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'f');
  fc.assert(
    fc.property(editedText, ({ text, edits }) => {
      const wanted = applyTextEdits(text, edits);
      const diff = diffOf([[text, edits]]);
      if (wanted === text) {
        expect(diff).toBe('');
        return;
      }
      writeFileSync(file, text);
      // git is stricter than patch: every line and count has to be right.
      execFileSync('git', ['apply', '-p0', '-'], {
        cwd: folder,
        input: diff.replace('--- a\n+++ b\n', '--- f\n+++ f\n'),
        stdio: ['pipe', 'ignore', 'pipe'],
      });
      expect(readFileSync(file, 'utf8')).toBe(wanted);
    }),
    { numRuns: 60 },
  );
});
