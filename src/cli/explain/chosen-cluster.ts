/** Which cluster is asked, and for how long. Exports: {@link chosenCluster}, {@link timeoutMs}. */
import type { ClusterFlags } from '../diagnose/cluster-flags.ts';
import type { ExplainOptions } from './explain-options.ts';

/** For each request: nobody should have to wait long for a cluster that is not there. */
export const timeoutMs = 5_000;

/** Scripts pass an empty text for a flag that is not set. */
export function chosenCluster({ kubeconfig, context }: ExplainOptions): ClusterFlags {
  return { ...(kubeconfig && { kubeconfig }), ...(context && { context }) };
}
