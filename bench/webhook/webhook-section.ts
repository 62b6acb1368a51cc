import type { ServerProcess, ServerUsage } from '../measure/server-process.ts';
import { medianOf, rounded } from '../measure/statistics.ts';
import { type PodKind, podKinds } from '../pods/requests.ts';
import type { LoadResult } from './load.ts';
import { LoadGenerator } from './load-generator.ts';
import type { Servers } from './servers.ts';

/** What a server did under one load: the medians of the rounds. */
export interface LoadFigures {
  readonly perSecond: number;
  /** Requests in all rounds that the server was too busy for. */
  readonly turnedAway: number;
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly loopP99Ms: number;
  readonly peakMiB: number;
  /** Part of the time in which what sends the load was busy: near 1 the server could do more than this. */
  readonly generatorBusy: number;
  /** Throughput as a part of the echo's in the same round. */
  readonly ofCeiling: number;
  /** The same by CPU time for a request, which other work on the machine changes less. */
  readonly ofCeilingByCpu: number;
}

/** What is compared: the ceiling, the ceiling of whoever reads the pod, and the webhook with each kind of pods. */
export const targets = ['echo', 'parsing echo', ...podKinds] as const;

/** One of {@link targets}. */
export type Target = (typeof targets)[number];

/** Figures by number of connections. */
export type WebhookFigures = {
  readonly [name in Target]: { readonly [connections: string]: LoadFigures };
};

interface Measured extends LoadResult {
  readonly usage: ServerUsage;
  readonly cpuUs: number;
}

/** How long and how often each load is measured. */
export interface LoadExtent {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
}

/**
 * Until caches, learning and the compiler have settled: V8 goes on compiling, and taking back what it compiled, for
 * some twenty-five thousand pods that differ. Servers run for weeks, so it is what comes afterwards that counts.
 */
const warmUpRequests = 30_000;

/**
 * Loads the echo and the webhook in turn, again and again: what the machine does meanwhile happens to all of
 * them. Each has a process of its own, all on one core, and the others idle.
 */
export async function measureWebhook(
  servers: Servers,
  { connections: levels, rounds, seconds }: LoadExtent,
): Promise<WebhookFigures> {
  const generator = new LoadGenerator();
  const running = new Map<Target, ServerProcess>();
  const kindOf = (target: Target): PodKind =>
    podKinds.find((kind) => kind === target) ?? 'differing';
  const start = async (target: Target, server: Promise<ServerProcess>): Promise<LoadResult> => {
    const { port } = await server;
    running.set(target, await server);
    const load = { port, kind: kindOf(target), connections: 16, requests: warmUpRequests };
    return generator.load(load);
  };
  try {
    const { answerBytes } = await start('differing', servers.webhook());
    await start('charted', servers.webhook());
    await start('replicas', servers.webhook());
    const bodyBytes = Math.max(0, answerBytes - headerBytes);
    await start('echo', servers.echo(bodyBytes));
    await start('parsing echo', servers.parsingEcho(bodyBytes));

    const measured = new Map<string, Measured[]>();
    for (let round = 0; round < rounds; round++) {
      for (const connections of levels) {
        for (const target of targets) {
          const server = running.get(target)!;
          const before = await server.usage();
          const load = { port: server.port, kind: kindOf(target), connections, seconds };
          const result = await generator.load(load);
          const usage = await server.usage();
          const cpuUs = (usage.cpuUs - before.cpuUs) / result.requests;
          const key = `${target} ${connections}`;
          measured.set(key, [...(measured.get(key) ?? []), { ...result, usage, cpuUs }]);
        }
      }
    }
    return figuresOf(measured, levels);
  } finally {
    generator.stop();
    for (const server of running.values()) await server.stop();
  }
}

/** Of an answer; all servers send about the same. */
const headerBytes = 160;

function figuresOf(
  measured: ReadonlyMap<string, readonly Measured[]>,
  levels: readonly number[],
): WebhookFigures {
  const figures = (target: Target, connections: number): LoadFigures => {
    const runs = measured.get(`${target} ${connections}`) ?? [];
    const echoes = measured.get(`echo ${connections}`) ?? [];
    const pairs = runs.map((run, round) => ({ run, echo: echoes[round] ?? run }));
    return {
      perSecond: medianOf(runs, speed),
      turnedAway: runs.reduce((sum, run) => sum + run.turnedAway, 0),
      cpuUs: medianOf(runs, (run) => run.cpuUs),
      p50Ms: medianOf(runs, (run) => run.latencyMs.p50),
      p99Ms: medianOf(runs, (run) => run.latencyMs.p99),
      p999Ms: medianOf(runs, (run) => run.latencyMs.p999),
      loopP99Ms: medianOf(runs, (run) => run.usage.loopDelayMs.p99),
      peakMiB: rounded(Math.max(...runs.map((run) => run.usage.peakKiB)) / 1024),
      generatorBusy: medianOf(runs, (run) => run.generatorBusy),
      ofCeiling: medianOf(pairs, ({ run, echo }) => speed(run) / speed(echo)),
      ofCeilingByCpu: medianOf(pairs, ({ run, echo }) => echo.cpuUs / run.cpuUs),
    };
  };
  return Object.fromEntries(
    targets.map((target) => [
      target,
      Object.fromEntries(levels.map((connections) => [connections, figures(target, connections)])),
    ]),
  ) as WebhookFigures;
}

function speed({ requests, seconds }: LoadResult): number {
  return requests / seconds;
}
