import { createHistogram } from 'node:perf_hooks';
import autocannon from 'autocannon';
import { Bodies, type PodKind, podKinds } from '../pods/requests.ts';

/** What a load is to be. */
export interface LoadTask {
  readonly port: number;
  readonly kind: PodKind;
  readonly connections: number;
  /** How long, or how many requests. */
  readonly seconds?: number;
  readonly requests?: number;
}

/** What came of a load. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Requests that were turned away: the server does that when the machine is so busy that it falls behind. */
  readonly turnedAway: number;
  /** Mean bytes of an answer, with its headers. */
  readonly answerBytes: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly p999: number };
  /** Part of the time in which what sends the load was busy itself. Near 1 it is what limits the throughput. */
  readonly generatorBusy: number;
}

/*
 * Loads servers as it is told over IPC. A process of its own, so that it can have a core of its own; it lives
 * through the whole benchmark, because it has the bodies ready.
 */
const bodiesOf = new Map(podKinds.map((kind) => [kind, new Bodies(kind)]));

/** A part of the answers; with more the figures would mean nothing. */
const mostFailures = 0.1;

async function load({ port, kind, connections, ...extent }: LoadTask): Promise<LoadResult> {
  const bodies = bodiesOf.get(kind);
  if (bodies === undefined) throw new Error(`there are no pods of the kind ${kind}`);
  const latency = createHistogram();
  let answers = 0;
  let bytes = 0;
  const started = performance.now();
  let ended = started;
  const before = performance.eventLoopUtilization();
  const instance = autocannon({
    url: `https://127.0.0.1:${port}/inject`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    connections,
    ...(extent.requests === undefined
      ? { duration: extent.seconds ?? 1 }
      : { amount: extent.requests }),
    requests: [
      {
        setupRequest: (request) => {
          request.body = bodies.next();
          return request;
        },
      },
    ],
  });
  instance.on('response', (_, status: number, size: number, milliseconds: number) => {
    if (status !== 200) return;
    answers++;
    bytes += size;
    latency.record(Math.max(1, Math.round(milliseconds * 1000)));
    // It rounds to whole seconds by itself.
    ended = performance.now();
  });
  const { errors, timeouts, non2xx } = await instance;
  const failures = errors + timeouts + non2xx;
  if (failures > answers * mostFailures) {
    throw new Error(`${failures} requests failed, ${answers} were answered`);
  }
  const at = (percentile: number): number => latency.percentile(percentile) / 1000;
  return {
    requests: answers,
    turnedAway: failures,
    seconds: (ended - started) / 1000,
    answerBytes: Math.round(bytes / answers),
    latencyMs: { p50: at(50), p99: at(99), p999: at(99.9) },
    generatorBusy: performance.eventLoopUtilization(before).utilization,
  };
}

process.on('message', async (task: LoadTask) => {
  process.send?.(await load(task));
});
