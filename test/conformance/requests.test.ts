import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { comparePods, describeDifferences } from './compare.ts';
import { yardstick } from './conformance-folder.ts';
import { readSettings } from './settings.ts';
import { postReview, startCaseWebhook } from './webhook-client.ts';

/** The recorded sets, as cases/README.md lists them. */
const sets = [
  { name: 'default-native', seed: 1, count: 200, settings: '313f6f67', nativeSidecars: true },
  { name: 'default-classic', seed: 2, count: 200, settings: '313f6f67', nativeSidecars: false },
  { name: 'policy-selectors', seed: 3, count: 150, settings: 'policy-selectors', nativeSidecars: true },
  { name: 'from-api-server', settings: '313f6f67', nativeSidecars: true },
] as const;

function linesOf(text: string): JsonObject[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonObject);
}

function unzipped(path: string): JsonObject[] {
  return linesOf(gunzipSync(readFileSync(path)).toString('utf8'));
}

function requestsOf(set: (typeof sets)[number]): JsonObject[] {
  if ('seed' in set) {
    const generator = yardstick('cases', 'requests', 'make-requests.mjs')!;
    const args = [generator, String(set.seed), String(set.count)];
    return linesOf(execFileSync(process.execPath, args, { maxBuffer: 1 << 28, encoding: 'utf8' }));
  }
  return unzipped(yardstick('cases', 'requests', `${set.name}.requests.jsonl.gz`)!);
}

for (const set of sets) {
  const answers = yardstick('cases', 'requests', `${set.name}.answers.jsonl.gz`);
  describe.skipIf(answers === undefined)(`recorded requests (cases/requests/${set.name})`, () => {
    it('are answered as Istio answered them, over HTTPS', async () => {
      const folder = yardstick('cases', 'settings', set.settings)!;
      const { server, port } = await startCaseWebhook(readSettings(folder), set);
      const problems: string[] = [];
      const expected = unzipped(answers!);
      const requests = requestsOf(set);
      expect(requests.length).toBe(expected.length);
      for (const [at, request] of requests.entries()) {
        const recorded = expected[at]!;
        const answer = await postReview(
          port,
          request['path'] as string,
          request['review'] as JsonObject,
        );
        for (const key of ['status', 'apiVersion', 'uid', 'allowed'] as const) {
          if (answer[key] !== recorded[key]) {
            problems.push(
              `request ${at}: ${key} is ${answer[key]}, not ${recorded[key]} (${answer.message ?? recorded['message']})`,
            );
          }
        }
        const pod = recorded['pod'] as JsonObject | undefined;
        if ((pod === undefined) !== (answer.pod === undefined)) {
          problems.push(`request ${at}: ${pod === undefined ? 'patched' : 'not patched'}`);
        } else if (pod !== undefined && answer.pod !== undefined) {
          const found = comparePods(pod, answer.pod);
          if (found.length > 0) problems.push(`request ${at}:\n${describeDifferences(found)}`);
        }
      }
      await server.stop(1000);
      expect(problems.slice(0, 5), `${problems.length} of ${requests.length} differ`).toEqual([]);
    });
  });
}
