/**
 * Runs every yardstick found in a folder: `npm run conformance [-- FOLDER …]`.
 * Without an argument the folder is CONFORMANCE_DIR, else ../shared. Prints a count for each yardstick and the
 * first differences; exits 1 when something differs.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const folders = process.argv.slice(2);
const runs = folders.length > 0 ? folders : [process.env['CONFORMANCE_DIR'] ?? '../shared'];

let failed = false;
for (const folder of runs) {
  const path = resolve(folder);
  console.log(`\nConformance with the yardsticks in ${path}`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', 'test/conformance', '--reporter=verbose'],
    { stdio: 'inherit', env: { ...process.env, CONFORMANCE_DIR: path, CONFORMANCE_REPORT: '1' } },
  );
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
