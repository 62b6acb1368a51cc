import type { Command } from 'commander';
import {
  type ClusterConnection,
  type ConnectionLimits,
  connectByKubeconfig,
  connectInPod,
  isInPod,
} from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';

/** Which cluster a command looks at. */
export interface ClusterFlags {
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Adds the flags. */
export function addClusterFlags(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'use the cluster of this kubeconfig, as kubectl does')
    .option('--context <name>', 'context of the kubeconfig');
}

/** Runs something with a connection: that of the flags, in a pod its own, else as kubectl would. */
export async function withCluster<T>(
  flags: ClusterFlags,
  { env }: Pick<CliContext, 'env'>,
  run: (cluster: ClusterConnection) => Promise<T>,
  limits: ConnectionLimits = {},
): Promise<T> {
  const named = flags.kubeconfig !== undefined || flags.context !== undefined;
  const cluster =
    !named && isInPod(env)
      ? await connectInPod('', limits)
      : await connectByKubeconfig(flags, env, limits);
  try {
    return await run(cluster);
  } finally {
    cluster.api.close();
  }
}
