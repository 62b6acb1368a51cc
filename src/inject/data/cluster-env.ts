/**
 * Which cluster and network a pod belongs to (`pkg/kube/inject/inject.go`, RunTemplate). Exports:
 * {@link clusterEnv}, {@link clusterIdEnv}, {@link networkEnv}, {@link defaultCluster}.
 */
import type { TypedValues } from '../../mesh/index.ts';
import { labels as labelNames } from '../annotations.ts';
import type { LabelSource } from '../decide/label-selector.ts';
import { ownString } from '../pod-metadata.ts';

/** Environment variable of the proxy that names its cluster. */
export const clusterIdEnv = 'ISTIO_META_CLUSTER_ID';
/** Environment variable of the proxy that names its network. */
export const networkEnv = 'ISTIO_META_NETWORK';
/** Name of the cluster where none is configured; for looking up nodes and namespaces only. */
export const defaultCluster = 'Kubernetes';

/** What the proxy is told, and where its pod runs. */
export interface ClusterEnv {
  /** The URL's environment with cluster and network settled; a map of its own. */
  readonly env: Map<string, string>;
  /** Cluster whose nodes and namespaces are meant; never empty. */
  readonly cluster: string;
}

/**
 * The URL beats the values; for the network the pod's label beats both. A label that is there but empty
 * names no network, and yet hides the values' one.
 */
export function clusterEnv(
  urlEnv: ReadonlyMap<string, string> | undefined,
  podLabels: LabelSource,
  values: Pick<TypedValues, 'clusterName' | 'network'>,
): ClusterEnv {
  const env = new Map(urlEnv);
  const cluster = env.get(clusterIdEnv) || values.clusterName;
  if (cluster !== '') env.set(clusterIdEnv, cluster);
  const label = ownString(podLabels, labelNames.network);
  const network = label ?? (env.get(networkEnv) || values.network);
  if (network !== '') env.set(networkEnv, network);
  return { env, cluster: cluster || defaultCluster };
}
