import { createInjector } from '../../src/inject/index.ts';
import type { JsonObject } from '../../src/json.ts';
import { answerTask } from '../measure/child-answer.ts';
import { medianOf, rounded } from '../measure/statistics.ts';
import { type PodKind, podOf, workloads } from '../pods/requests.ts';
import { loadSettings, type SettingsFlags } from '../settings.ts';
import { allocationShares, timeShares } from './profile.ts';
import { type Stage, stages } from './stages.ts';

/** What the process that runs this module is asked for. */
export interface InjectionTask {
  readonly kind: PodKind;
  readonly settings: SettingsFlags;
  /** How often all pods are injected. */
  readonly rounds: number;
  /** Let the engine learn from one pod for the next, as it does when it serves. */
  readonly learn: boolean;
}

/** What injecting a pod costs in this process. */
export interface InjectionCost {
  /** CPU time of the process, garbage collection and all, in microseconds. */
  readonly cpuUs: number;
  readonly wallUs: number;
  /** Memory asked for, most of which is free again soon. */
  readonly allocatedKiB: number;
  /** What is still there after garbage collection, per pod, for all that was injected. */
  readonly keptBytes: number;
  readonly stages: {
    readonly [name in Stage]: { readonly cpuUs: number; readonly allocatedKiB: number };
  };
}

/** As many pods as the webhook is warmed up with, for the same reason. */
const warmUpRounds = 15;
/** So few that what they allocate fits into the young generation that the process was given. */
const fewPods = 50;

function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** What work allocates, in bytes, provided that no garbage collection gets in between. */
function allocatedBy(work: () => void): number {
  const before = heapInUse();
  work();
  return process.memoryUsage().heapUsed - before;
}

await answerTask<InjectionTask>(async ({ kind, settings, rounds, learn }) => {
  const injector = createInjector(await loadSettings(settings), 'webhook', { learn });
  const pods = Array.from({ length: workloads }, (_, number) => podOf(kind, number));
  const round = (): void => injectAll(pods);
  function injectAll(all: readonly JsonObject[]): void {
    for (const pod of all) {
      const { outcome } = injector.inject({ pod, namespace: 'default' });
      if (outcome !== 'injected') throw new Error(`a pod of the benchmark is ${outcome}`);
    }
  }
  for (let count = 0; count < warmUpRounds; count++) round();

  const heapBefore = heapInUse();
  const runs = Array.from({ length: rounds }, () => {
    const cpu = process.cpuUsage();
    const started = performance.now();
    round();
    const { user, system } = process.cpuUsage(cpu);
    return { cpuUs: user + system, wallUs: (performance.now() - started) * 1000 };
  });
  const kept = heapInUse() - heapBefore;
  const cpuUs = medianOf(runs, (run) => run.cpuUs / pods.length);
  const allocated = allocatedBy(() => injectAll(pods.slice(0, fewPods))) / 1024 / fewPods;

  const time = await timeShares(() => {
    for (let count = 0; count < Math.max(2, rounds / 2); count++) round();
  });
  const memory = await allocationShares(round);
  const cost: InjectionCost = {
    cpuUs,
    wallUs: medianOf(runs, (run) => run.wallUs / pods.length),
    allocatedKiB: rounded(allocated, 4),
    keptBytes: Math.round(kept / (pods.length * rounds)),
    stages: Object.fromEntries(
      stages.map((stage) => [
        stage,
        {
          cpuUs: rounded(cpuUs * time[stage]),
          allocatedKiB: rounded(allocated * memory[stage]),
        },
      ]),
    ) as InjectionCost['stages'],
  };
  return cost;
});
