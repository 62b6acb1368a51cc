/** Which cluster is asked, and for how long. Exports: {@link chosenCluster}, {@link timeoutMs}. */
import type { ClusterSourceFlags } from '../configuration/cluster-source-flags.ts';
import type { ClusterFlags } from '../diagnose/cluster-flags.ts';

/** For each request: nobody should have to wait long for a cluster that is not there. */
export const timeoutMs = 5_000;

/** Scripts pass an empty text for a flag that is not set. */
export function chosenCluster({ kubeconfig, context }: ClusterSourceFlags): ClusterFlags {
  return { ...(kubeconfig && { kubeconfig }), ...(context && { context }) };
}
