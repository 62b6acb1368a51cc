import {
  type ClusterConnection,
  connectByKubeconfig,
  connectInPod,
  isInPod,
} from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * The cluster that the server belongs to: that of the flags, else the one whose pod it runs in, else none. A
 * kubeconfig that merely lies around is not used.
 *
 * @throws OutriggerError when the kubeconfig cannot be used
 */
export async function chooseCluster(
  { kubeconfig, context }: Pick<ServeOptions, 'kubeconfig' | 'context'>,
  env: CliContext['env'],
): Promise<ClusterConnection | undefined> {
  if (kubeconfig !== undefined || context !== undefined) {
    return connectByKubeconfig({ kubeconfig, context }, env);
  }
  return isInPod(env) ? connectInPod() : undefined;
}
