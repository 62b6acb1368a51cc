import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder of yardsticks: `CONFORMANCE_DIR`, else `../shared` beside the project. */
export const conformanceFolder = resolve(
  projectRoot,
  process.env['CONFORMANCE_DIR'] ?? '../shared',
);

/** Path of a yardstick, or undefined when it is not there (the test then reports itself skipped). */
export function yardstick(...parts: string[]): string | undefined {
  const path = join(conformanceFolder, ...parts);
  return existsSync(path) ? path : undefined;
}

/** Names of the entries of a yardstick folder, sorted; none when it is not there. */
export function yardsticksIn(...parts: string[]): string[] {
  const path = yardstick(...parts);
  return path === undefined ? [] : readdirSync(path).sort();
}
