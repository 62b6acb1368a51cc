import { describe, expect, test } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { createServingMetrics } from '../../src/metrics/serving-metrics.ts';
import type { ServerState } from '../../src/metrics/state-metrics.ts';
import type { InForce, Refusal } from '../../src/serving/configuration-holder.ts';
import type { ReviewOutcome, ReviewReason } from '../../src/webhook/review/review-record.ts';
import { emptyState, sampleRecord, samples } from './sample-state.ts';

const inForce = {
  configuration: { hash: 'abc', revision: '' },
  since: new Date(1_000_000),
} as unknown as InForce;
const refusal: Refusal = {
  part: 'mesh',
  source: 'ConfigMap istio-system/istio',
  reason: 'no',
  error: new OutriggerError('OUTRIGGER_MESH', 'no'),
  at: new Date(2_000_000),
};

async function read(state: Partial<ServerState> = {}) {
  return samples(await createServingMetrics('1.2.3', { ...emptyState, ...state }).text());
}

describe('request metrics', () => {
  test('count every request once, so that sums are right under our names and under those of Istio', async () => {
    const metrics = createServingMetrics('1', emptyState);
    const requests: [ReviewOutcome, ReviewReason][] = [
      ['injected', 'namespace-enabled'],
      ['injected', 'namespace-enabled'],
      ['injected', 'label-true'],
      ['skipped', 'host-network'],
      ['failed', 'template'],
      ['failed', 'overloaded'],
      ['malformed', 'not-json'],
    ];
    for (const [outcome, reason] of requests) {
      metrics.requests.record({ ...sampleRecord, outcome, reason }, { took: 2, deadline: 1 });
    }
    await metrics.text();
    const found = samples(await metrics.text());
    expect(
      found.get('outrigger_requests_total{result="injected",reason="namespace-enabled"}'),
    ).toBe(2);
    const ours = [...found].filter(([name]) => name.startsWith('outrigger_requests_total{'));
    expect(ours.reduce((sum, [, value]) => sum + value, 0)).toBe(7);
    expect(found.get('sidecar_injection_requests_total')).toBe(7);
    expect(found.get('sidecar_injection_success_total')).toBe(3);
    expect(found.get('sidecar_injection_failure_total')).toBe(3);
    expect(found.get('sidecar_injection_skip_total')).toBe(1);
    expect(found.get('sidecar_injection_time_seconds_count')).toBe(7);
    expect(found.get('outrigger_late_answers_total')).toBe(7);
  });

  test('tell milliseconds apart', async () => {
    const metrics = createServingMetrics('1', emptyState);
    for (const took of [0.2, 0.7, 3]) {
      metrics.requests.record(sampleRecord, { took, deadline: undefined });
    }
    const found = samples(await metrics.text());
    const below = (le: string) =>
      found.get(`outrigger_request_duration_seconds_bucket{le="${le}"}`);
    expect([below('0.0001'), below('0.00025'), below('0.001'), below('0.005')]).toEqual([
      0, 1, 2, 3,
    ]);
    expect(found.get('outrigger_request_duration_seconds_sum')).toBeCloseTo(0.0039);
  });

  test('begin at zero under the names of Istio, so that rates have a beginning', async () => {
    const found = await read();
    for (const name of ['requests', 'success', 'failure', 'skip']) {
      expect(found.get(`sidecar_injection_${name}_total`)).toBe(0);
    }
  });
});

describe('state metrics', () => {
  test('show configuration, last reload, certificate, watches and readiness', async () => {
    const found = await read({
      configuration: () => ({
        inForce,
        lastReload: { ok: true, at: new Date(3_000_000) },
        refusals: [],
      }),
      certificate: () => ({
        serving: { notBefore: new Date(0), notAfter: new Date(9_000_000) },
        authority: undefined,
      }),
      followed: () => [
        {
          resource: 'namespaces',
          synced: true,
          absent: false,
          silentMs: 1500,
          problem: undefined,
          lists: 1,
          watches: 2,
          stalls: 1,
        },
      ],
    });
    expect(Object.fromEntries(found)).toMatchObject({
      outrigger_ready: 1,
      'outrigger_configuration_info{hash="abc",revision="default"}': 1,
      outrigger_configuration_loaded_timestamp_seconds: 1000,
      outrigger_configuration_last_reload_timestamp_seconds: 3000,
      outrigger_configuration_last_reload_successful: 1,
      outrigger_certificate_not_after_seconds: 9000,
      'outrigger_watch_silence_seconds{resource="namespaces"}': 1.5,
      'outrigger_watch_healthy{resource="namespaces"}': 1,
      'outrigger_watch_stalls_total{resource="namespaces"}': 1,
      [`outrigger_build_info{version="1.2.3",node="${process.version}"}`]: 1,
    });
    expect([...found.keys()].some((name) => name.startsWith('nodejs_eventloop_lag'))).toBe(true);
  });

  test('show no date while there is none', async () => {
    const found = await read({ readiness: () => ['waiting'] });
    expect(found.get('outrigger_ready')).toBe(0);
    expect(found.has('outrigger_certificate_not_after_seconds')).toBe(false);
    expect(found.has('outrigger_configuration_last_reload_successful')).toBe(false);
  });

  test('show that a change is refused for as long as it is', async () => {
    const lastReload = { ok: false, at: new Date() };
    const found = await read({
      configuration: () => ({ inForce, lastReload, refusals: [refusal] }),
    });
    expect(found.get('outrigger_configuration_last_reload_successful')).toBe(0);
  });

  test('count reloads, repairs of caBundle and Events', async () => {
    const metrics = createServingMetrics('1', emptyState);
    metrics.reloads.accepted?.(inForce);
    metrics.reloads.refused?.(refusal);
    metrics.patches.attempt('hook');
    metrics.patches.failure('hook', new ApiError('gone', { status: 404 }));
    metrics.events('dropped');
    const found = Object.fromEntries(samples(await metrics.text()));
    expect(found).toMatchObject({
      'outrigger_configuration_reloads_total{result="accepted",part="all"}': 1,
      'outrigger_configuration_reloads_total{result="refused",part="mesh"}': 1,
      'webhook_patch_attempts_total{name="hook"}': 1,
      'webhook_patch_failures_total{name="hook",reason="webhook_config_not_found"}': 1,
      'outrigger_events_total{result="dropped"}': 1,
    });
  });
});
