import { medianOf, rounded } from '../measure/statistics.ts';
import { LoadGenerator } from './load-generator.ts';
import type { Servers } from './servers.ts';

/** What a great many injections do to the webhook's memory. */
export interface SoakFigures {
  readonly injections: number;
  readonly turnedAway: number;
  readonly perSecond: number;
  readonly cpuUs: number;
  readonly peakMiB: number;
  /** Median of what the process held in the second fifth of the run, and in the last. */
  readonly earlyMiB: number;
  readonly lateMiB: number;
  /** Whether the latter is no more than a twentieth above the former. */
  readonly flat: boolean;
}

const steps = 100;
const connections = 16;
const mostGrowth = 1.05;

/** Sends a webhook so many requests, pods that differ and replicas in turn, and looks at its memory meanwhile. */
export async function soak(
  servers: Servers,
  injections: number,
  progress: (text: string) => void,
): Promise<SoakFigures> {
  const generator = new LoadGenerator();
  const server = await servers.webhook();
  try {
    const held: number[] = [];
    let done = 0;
    let refused = 0;
    const started = performance.now();
    const before = await server.usage();
    for (let step = 0; step < steps; step++) {
      const { requests, turnedAway } = await generator.load({
        port: server.port,
        kind: step % 4 === 3 ? 'replicas' : 'differing',
        connections,
        requests: Math.ceil(injections / steps),
      });
      done += requests;
      refused += turnedAway;
      const { rssKiB, peakKiB } = await server.usage();
      held.push(rssKiB / 1024);
      const [now, peak] = [rssKiB, peakKiB].map((size) => `${Math.round(size / 1024)} MiB`);
      progress(`${done} injections: ${now} now, ${peak} at most`);
    }
    const seconds = (performance.now() - started) / 1000;
    const { cpuUs, peakKiB } = await server.usage();
    const early = medianOf(held.slice(steps / 5, (steps / 5) * 2), (size) => size);
    const late = medianOf(held.slice(-steps / 5), (size) => size);
    return {
      injections: done,
      turnedAway: refused,
      perSecond: rounded(done / seconds),
      cpuUs: rounded((cpuUs - before.cpuUs) / done),
      peakMiB: rounded(peakKiB / 1024),
      earlyMiB: early,
      lateMiB: late,
      flat: late <= early * mostGrowth,
    };
  } finally {
    generator.stop();
    await server.stop();
  }
}
