import { createHistogram } from 'node:perf_hooks';
import { type PodKind, podKinds, Requests } from '../pods/requests.ts';
import { Connection } from './connection.ts';

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
  /** Mean bytes of an answer's body. */
  readonly answerBytes: number;
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly p999: number };
  /** Part of the time in which what sends the load was busy itself. Near 1 it is what limits the throughput. */
  readonly generatorBusy: number;
}

/*
 * Loads servers as it is told over IPC. A process of its own, so that it can have a core of its own; it lives
 * through the whole benchmark, because it has the bodies ready.
 */
const requestsOf = new Map(podKinds.map((kind) => [kind, new Requests(kind)]));

/** A part of the answers; with more the figures would mean nothing. */
const mostFailures = 0.1;

async function load(task: LoadTask): Promise<LoadResult> {
  const requests = requestsOf.get(task.kind);
  if (requests === undefined) throw new Error(`there are no pods of the kind ${task.kind}`);
  const latency = createHistogram();
  let answers = 0;
  let bytes = 0;
  let failures = 0;
  let sent = 0;
  const connections = await Promise.all(
    Array.from({ length: task.connections }, () => Connection.open(task.port)),
  );
  const started = performance.now();
  const before = performance.eventLoopUtilization();
  const isOver =
    task.requests === undefined
      ? () => performance.now() - started >= (task.seconds ?? 1) * 1000
      : () => sent >= (task.requests ?? 0);
  const keepBusy = async (first: Connection): Promise<void> => {
    let connection = first;
    while (!isOver()) {
      sent++;
      const answer = await connection.send(requests.next());
      if (answer.status === 200) {
        answers++;
        bytes += answer.bytes;
        latency.record(Math.max(1, Math.round(answer.milliseconds * 1000)));
      } else {
        // The server closes the connection of whom it turns away.
        failures++;
        connection.close();
        connection = await Connection.open(task.port);
      }
    }
    connection.close();
  };
  await Promise.all(connections.map(keepBusy));
  const seconds = (performance.now() - started) / 1000;
  if (failures > answers * mostFailures) {
    throw new Error(`${failures} requests failed, ${answers} were answered`);
  }
  const at = (percentile: number): number => latency.percentile(percentile) / 1000;
  return {
    requests: answers,
    turnedAway: failures,
    seconds,
    answerBytes: Math.round(bytes / answers),
    latencyMs: { p50: at(50), p99: at(99), p999: at(99.9) },
    generatorBusy: performance.eventLoopUtilization(before).utilization,
  };
}

process.on('message', async (task: LoadTask) => {
  process.send?.(await load(task));
});
