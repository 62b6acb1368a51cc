import { Counter, type Registry } from 'prom-client';
import type { PatchRecorder } from '../certs/bundle/bundle-keeper.ts';
import { ApiError } from '../kube/api-error.ts';

/** Counts repairs of `caBundle` under Istio's names (`pkg/webhooks/monitoring.go`). */
export function createPatchMetrics(register: Registry): PatchRecorder {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers: [register] });
  const attempts = counter('webhook_patch_attempts_total', 'Writes of caBundle.', ['name']);
  const retries = counter(
    'webhook_patch_retries_total',
    'Writes of caBundle that somebody else came before.',
    ['name'],
  );
  const failures = counter('webhook_patch_failures_total', 'Writes of caBundle that failed.', [
    'name',
    'reason',
  ]);
  return {
    attempt: (name) => attempts.inc({ name }),
    retry: (name) => retries.inc({ name }),
    failure: (name, error) => failures.inc({ name, reason: reasonOf(error) }),
  };
}

function reasonOf(error: unknown): string {
  const notFound = error instanceof ApiError && error.status === 404;
  return notFound ? 'webhook_config_not_found' : 'webhook_update_failure';
}
