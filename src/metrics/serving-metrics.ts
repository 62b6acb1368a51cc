/**
 * The metrics of a server. Exports: {@link createServingMetrics}, {@link ServingMetrics}.
 *
 * Whoever does not serve metrics need not load this: the library comes along.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { PatchRecorder } from '../certs/bundle/bundle-keeper.ts';
import type { ConfigurationHooks } from '../serving/configuration-holder.ts';
import { createPatchMetrics } from './patch-metrics.ts';
import { createRequestMetrics, type RequestMetrics } from './request-metrics.ts';
import { createReloadMetrics, installStateMetrics, type ServerState } from './state-metrics.ts';

/** Metrics in the making: what has to be told about, and the text that comes of it. */
export interface ServingMetrics {
  readonly requests: RequestMetrics;
  readonly reloads: ConfigurationHooks;
  readonly patches: PatchRecorder;
  /** Counts Kubernetes Events, by what became of them. */
  readonly events: (result: EventResult) => void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** What became of an Event: written, not written for there were too many, or refused by the API server. */
export type EventResult = 'written' | 'dropped' | 'failed';

/** @param version of this program */
export function createServingMetrics(version: string, state: ServerState): ServingMetrics {
  const register = new Registry();
  // Event-loop delay, memory, garbage collection, open files.
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'outrigger_build_info',
    help: 'Which program runs.',
    labelNames: ['version', 'node'],
    registers: [register],
  }).set({ version, node: process.version }, 1);
  const events = new Counter({
    name: 'outrigger_events_total',
    help: 'Kubernetes Events, by what became of them.',
    labelNames: ['result'],
    registers: [register],
  });
  installStateMetrics(register, state);
  const requests = createRequestMetrics(register);
  return {
    requests,
    reloads: createReloadMetrics(register),
    patches: createPatchMetrics(register),
    events: (result) => events.inc({ result }),
    text: async () => `${await register.metrics()}\n${requests.text()}`,
    contentType: register.contentType,
  };
}
