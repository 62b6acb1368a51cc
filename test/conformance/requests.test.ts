import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { comparePods, describeDifferences } from './compare.ts';
import { yardstick } from './conformance-folder.ts';
import { recordedRequests, requestSets, unzipped } from './recorded-requests.ts';
import { readSettings } from './settings.ts';
import { postReview, startCaseWebhook } from './webhook-client.ts';

for (const set of requestSets) {
  const answers = yardstick('cases', 'requests', `${set.name}.answers.jsonl.gz`);
  describe.skipIf(answers === undefined)(`recorded requests (cases/requests/${set.name})`, () => {
    it('are answered as Istio answered them, over HTTPS', async () => {
      const folder = yardstick('cases', 'settings', set.settings)!;
      const { server, port } = await startCaseWebhook(readSettings(folder), set);
      const problems: string[] = [];
      const expected = unzipped(answers!);
      const requests = recordedRequests(set);
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
