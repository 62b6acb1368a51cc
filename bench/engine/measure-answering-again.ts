import { createInjector } from '../../src/inject/index.ts';
import { AnswerCache } from '../../src/webhook/answers/answer-cache.ts';
import { createEndpoint } from '../../src/webhook/endpoint.ts';
import { answerTask } from '../measure/child-answer.ts';
import { medianOf } from '../measure/statistics.ts';
import { Bodies } from '../pods/requests.ts';
import { loadSettings, type SettingsFlags } from '../settings.ts';

/** What the process that runs this module is asked for. */
export interface AnsweringTask {
  readonly settings: SettingsFlags;
  readonly rounds: number;
}

const answersInARound = 10_000;
const warmUpRounds = 3;
const cacheSize = 16 * 1024 * 1024;

/** What it costs to answer a review of a replica out of memory, from text to text; CPU time in microseconds. */
await answerTask<AnsweringTask>(async ({ settings, rounds }) => {
  const injector = createInjector(await loadSettings(settings));
  const endpoint = createEndpoint(() => injector, new AnswerCache(cacheSize));
  const bodies = new Bodies('replicas');
  const round = (): number => {
    const texts = Array.from({ length: answersInARound }, () => bodies.next().toString());
    const before = process.cpuUsage();
    for (const body of texts) {
      const request = {
        path: '/inject',
        contentType: 'application/json',
        body,
        deadline: undefined,
      };
      const { outcome } = endpoint(request).record;
      if (outcome !== 'injected') throw new Error(`a pod of the benchmark is ${outcome}`);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / answersInARound;
  };
  for (let count = 0; count < warmUpRounds; count++) round();
  return medianOf(Array.from({ length: rounds }, round), (cpuUs) => cpuUs);
});
