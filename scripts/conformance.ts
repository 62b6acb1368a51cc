/**
 * Runs every yardstick found in a folder: `npm run conformance [-- FOLDER …]`.
 * Without an argument the folder is CONFORMANCE_DIR, else ../shared. Prints a count for each yardstick and the
 * first differences; exits 1 when something differs, or when there was nothing to run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The part of vitest's JSON report that counts. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** So many differences of a yardstick are shown, each cut to so many lines. */
const shownDifferences = 5;
const shownLines = 12;

function runVitest(folder: string): Report {
  const temporary = mkdtempSync(join(tmpdir(), 'outrigger-conformance-'));
  const output = join(temporary, 'report.json');
  try {
    spawnSync(
      process.execPath,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        'test/conformance',
        '--silent',
        '--reporter=json',
        `--outputFile=${output}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, CONFORMANCE_DIR: folder } },
    );
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

interface Tally {
  passed: number;
  skipped: number;
  readonly differences: string[];
}

function tally(report: Report): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const file of report.testResults) {
    if (file.assertionResults.length === 0 && file.message !== '') {
      tallies.set(file.name, { passed: 0, skipped: 0, differences: [file.message] });
    }
    for (const test of file.assertionResults) {
      const yardstick = test.ancestorTitles[0] ?? file.name;
      const own = tallies.get(yardstick) ?? { passed: 0, skipped: 0, differences: [] };
      tallies.set(yardstick, own);
      if (test.status === 'passed') own.passed++;
      else if (test.status === 'failed') {
        const text = test.failureMessages
          .join('\n')
          .split('\n')
          .slice(0, shownLines)
          .join('\n    ');
        own.differences.push(`${test.title}\n    ${text}`);
      } else own.skipped++;
    }
  }
  return tallies;
}

const folders = process.argv.slice(2);
let failed = false;
for (const folder of folders.length > 0
  ? folders
  : [process.env['CONFORMANCE_DIR'] ?? '../shared']) {
  const path = resolve(folder);
  console.log(`Conformance with the yardsticks in ${path}\n`);
  let passed = 0;
  for (const [yardstick, own] of tally(runVitest(path))) {
    passed += own.passed;
    failed ||= own.differences.length > 0;
    const skipped = own.skipped > 0 ? `, ${own.skipped} skipped` : '';
    console.log(
      `${own.differences.length > 0 ? 'DIFFERS' : own.passed > 0 ? 'agrees ' : 'skipped'}  ${yardstick}: ` +
        `${own.passed} agree, ${own.differences.length} differ${skipped}`,
    );
    for (const one of own.differences.slice(0, shownDifferences)) console.log(`  ${one}`);
  }
  if (passed === 0) {
    console.log('Nothing was compared: there is no yardstick in this folder.');
    failed = true;
  }
  console.log('');
}
process.exitCode = failed ? 1 : 0;
