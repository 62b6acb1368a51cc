import { servedChain } from '../../certs/served-chain.ts';
import { examineCluster } from '../../diagnose/examine-cluster.ts';
import { isInPod } from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';
import { type ClusterFlags, withCluster } from './cluster-flags.ts';

/** The flags of `doctor`, as the command line parser hands them over. */
export interface DoctorFlags extends ClusterFlags {
  readonly service: { readonly name: string; readonly namespace: string };
  readonly istioNamespace: string;
  readonly metricsPort: number;
  readonly trialNamespace?: string;
  readonly connect?: { readonly host: string; readonly port: number };
  readonly output?: 'json';
}

const marks = { ok: 'ok      ', warning: 'warning ', failed: 'FAILED  ', unknown: 'unknown ' };

/** Prints what was found, and sets the exit code. @throws ApiError when the cluster cannot be read at all */
export async function runDoctor(
  flags: DoctorFlags,
  context: CliContext,
  now: () => Date,
): Promise<void> {
  const { service, istioNamespace, metricsPort, trialNamespace, connect } = flags;
  const checks = await withCluster(flags, context, ({ api }) =>
    examineCluster({
      api,
      service,
      istioNamespace,
      metricsPort,
      trialNamespace,
      connect,
      outside: !isInPod(context.env),
      dial: servedChain,
      now,
    }),
  );
  if (flags.output === 'json') {
    context.stdout.write(`${JSON.stringify(checks, null, 2)}\n`);
  } else {
    for (const check of checks) {
      context.stdout.write(`${marks[check.state]}${check.name}: ${check.detail}\n`);
      if (check.state !== 'ok') context.stdout.write(`          ${check.todo}\n`);
    }
  }
  if (checks.some(({ state }) => state === 'failed')) context.exitCode = 1;
}
