import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '../../src/json.ts';
import { yardstick } from './conformance-folder.ts';

/** The recorded sets, as cases/README.md lists them. */
export const requestSets = [
  { name: 'default-native', seed: 1, count: 200, settings: '313f6f67', nativeSidecars: true },
  { name: 'default-classic', seed: 2, count: 200, settings: '313f6f67', nativeSidecars: false },
  {
    name: 'policy-selectors',
    seed: 3,
    count: 150,
    settings: 'policy-selectors',
    nativeSidecars: true,
  },
  { name: 'from-api-server', settings: '313f6f67', nativeSidecars: true },
] as const;

function linesOf(text: string): JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

/** The JSON values of a zipped file, one a line. */
export function unzipped(path: string): JsonObject[] {
  return linesOf(gunzipSync(readFileSync(path)).toString('utf8'));
}

/** The requests of a set, in order. */
export function recordedRequests(set: (typeof requestSets)[number]): JsonObject[] {
  if ('seed' in set) {
    const generator = yardstick('cases', 'requests', 'make-requests.mjs')!;
    const args = [generator, String(set.seed), String(set.count)];
    return linesOf(execFileSync(process.execPath, args, { maxBuffer: 1 << 28, encoding: 'utf8' }));
  }
  return unzipped(yardstick('cases', 'requests', `${set.name}.requests.jsonl.gz`)!);
}
