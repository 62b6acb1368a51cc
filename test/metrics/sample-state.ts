import type { ServerState } from '../../src/metrics/state-metrics.ts';
import type { ReviewRecord } from '../../src/webhook/review/review-record.ts';

export const sampleRecord: ReviewRecord = {
  outcome: 'injected',
  reason: 'namespace-enabled',
  status: 200,
  uid: 'u',
  namespace: 'shop',
  pod: 'web-*****',
  workload: 'Deployment/web',
  dryRun: false,
  templates: ['sidecar'],
  operations: 3,
  notices: [],
};

export const emptyState: ServerState = {
  readiness: () => [],
  answers: () => undefined,
  configuration: () => undefined,
  followed: () => [],
  certificate: () => undefined,
};

/** The samples of a text in Prometheus's format. */
export function samples(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
