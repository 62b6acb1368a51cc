import type { OurService } from '../../certs/bundle/our-webhooks.ts';
import { type ClusterConnection, isInPod } from '../../kube/connect.ts';
import type { CliContext } from '../context.ts';
import type { ServeOptions } from './serve-options.ts';

/**
 * The Service that the API server calls us by. A server that only reads the configuration of some cluster, from
 * somebody's desk, stands behind none, and must not touch the cluster's webhooks: it has to be told.
 */
export function chooseService(
  options: Pick<ServeOptions, 'service' | 'kubeconfig' | 'context' | 'istioNamespace'>,
  env: CliContext['env'],
  cluster: ClusterConnection | undefined,
  revision: string,
): OurService | undefined {
  const fromDesk = options.kubeconfig !== undefined || options.context !== undefined;
  const behind = cluster !== undefined && !fromDesk && isInPod(env);
  if (cluster === undefined || (options.service === undefined && !behind)) return undefined;
  const suffix = revision === '' || revision === 'default' ? '' : `-${revision}`;
  const [name = '', namespace] = (options.service ?? `outrigger${suffix}`).split('.');
  return {
    name,
    namespace: namespace ?? env['POD_NAMESPACE'] ?? cluster.namespace ?? options.istioNamespace,
  };
}
