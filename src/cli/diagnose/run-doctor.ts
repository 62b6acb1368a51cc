import { examineCluster } from '../../diagnose/examine-cluster.ts';
import type { CliContext } from '../context.ts';
import { type ClusterFlags, withCluster } from './cluster-flags.ts';

const marks = { ok: 'ok      ', warning: 'warning ', failed: 'FAILED  ', unknown: 'unknown ' };

/** Prints what was found, and sets the exit code. @throws ApiError when the cluster cannot be read at all */
export async function runDoctor(
  flags: ClusterFlags & {
    readonly service: { readonly name: string; readonly namespace: string };
    readonly istioNamespace: string;
    readonly metricsPort: number;
    readonly trialNamespace?: string;
    readonly output?: 'json';
  },
  context: CliContext,
  now: () => Date,
): Promise<void> {
  const { service, istioNamespace, metricsPort, trialNamespace } = flags;
  const checks = await withCluster(flags, context, ({ api }) =>
    examineCluster({ api, service, istioNamespace, metricsPort, trialNamespace, now }),
  );
  if (flags.output === 'json') {
    context.stdout.write(`${JSON.stringify(checks, null, 2)}\n`);
  } else {
    for (const { name, state, detail, todo } of checks) {
      context.stdout.write(`${marks[state]}${name}: ${detail}\n`);
      if (todo !== undefined) context.stdout.write(`          ${todo}\n`);
    }
  }
  if (checks.some(({ state }) => state === 'failed')) context.exitCode = 1;
}
