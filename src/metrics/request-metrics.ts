import { Counter, type Registry } from 'prom-client';
import type { ReviewOutcome, ReviewReason } from '../webhook/review/review-record.ts';
import type { ReviewRecorder } from '../webhook/review-recorder.ts';
import { DurationHistogram } from './duration-histogram.ts';

/** In seconds. Most answers take a fraction of a millisecond; the API server gives up after ten seconds. */
const durationBuckets = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
/** Those of Istio's histogram, for dashboards that are made for it. */
const istioBuckets = [0.1, 1, 3, 5, 10, 20, 30, 60];

type Tally = { readonly [outcome in ReviewOutcome]: Map<ReviewReason, number> };

/** Counts requests. The durations are no part of the registry. */
export interface RequestMetrics extends ReviewRecorder {
  /** Durations in the text format of Prometheus. */
  text(): string;
  /** All requests so far. */
  total(): number;
}

/**
 * Counts requests: by result and reason, how long they took, and under the five names that Istio's injector
 * uses. Every request is counted exactly once in each family, so that sums are right: here Istio's success,
 * failure and skip counters add up to its request counter.
 *
 * Recording is part of answering, so counts are kept in plain maps and handed over when they are asked for.
 */
export function createRequestMetrics(register: Registry): RequestMetrics {
  const tally: Tally = {
    injected: new Map(),
    skipped: new Map(),
    failed: new Map(),
    malformed: new Map(),
  };
  let late = 0;
  let dryRuns = 0;
  const outcomes = Object.keys(tally) as ReviewOutcome[];
  const sumOf = (...wanted: readonly ReviewOutcome[]) =>
    wanted.reduce((sum, outcome) => sum + sumOfValues(tally[outcome]), 0);

  new Counter({
    name: 'outrigger_requests_total',
    help: 'Requests to the injection endpoint, by what became of them and why. Each is counted once.',
    labelNames: ['result', 'reason'],
    registers: [register],
    collect() {
      this.reset();
      for (const result of outcomes) {
        for (const [reason, count] of tally[result]) this.inc({ result, reason }, count);
      }
    },
  });
  count(
    register,
    'outrigger_late_answers_total',
    'Answers after the deadline of the sender.',
    () => late,
  );
  count(
    register,
    'outrigger_dry_run_requests_total',
    'Requests that were only tried out.',
    () => dryRuns,
  );
  count(register, 'sidecar_injection_requests_total', 'All requests.', () => sumOf(...outcomes));
  count(register, 'sidecar_injection_success_total', 'Pods that were injected.', () =>
    sumOf('injected'),
  );
  count(register, 'sidecar_injection_failure_total', 'Requests that were refused.', () =>
    sumOf('failed', 'malformed'),
  );
  count(register, 'sidecar_injection_skip_total', 'Pods that were left alone.', () =>
    sumOf('skipped'),
  );

  const duration = new DurationHistogram(
    'outrigger_request_duration_seconds',
    'From the complete body of a request to its complete answer.',
    durationBuckets,
  );
  const istioDuration = new DurationHistogram(
    'sidecar_injection_time_seconds',
    'The same with the buckets of Istio.',
    istioBuckets,
  );

  return {
    record({ outcome, reason, dryRun }, { took, deadline }) {
      const reasons = tally[outcome];
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      if (deadline !== undefined && took > deadline) late++;
      if (dryRun) dryRuns++;
      const seconds = took / 1000;
      duration.observe(seconds);
      istioDuration.observe(seconds);
    },
    total: () => sumOf(...outcomes),
    text: () => `${duration.text()}\n${istioDuration.text()}`,
  };
}

/** A counter without labels that is read off a number when it is asked for. */
function count(register: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers: [register],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

function sumOfValues(map: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const value of map.values()) sum += value;
  return sum;
}
