/** The configuration of a cluster. Exports: {@link ClusterSourceFlags}, {@link asksCluster}. */

/** The flags that have the configuration read from a cluster's ConfigMaps. */
export interface ClusterSourceFlags {
  /** Read from a cluster what no file is named for. Each of the others implies it. */
  readonly fromCluster?: boolean | undefined;
  readonly kubeconfig?: string | undefined;
  /** Context of the kubeconfig. */
  readonly context?: string | undefined;
  /** Namespace of the control plane, where the ConfigMaps are; `istio-system` when left out. */
  readonly istioNamespace?: string | undefined;
  /** ConfigMap with keys `config` and `values`. */
  readonly injectConfigMapName?: string | undefined;
  /** ConfigMap with key `mesh`. */
  readonly meshConfigMapName?: string | undefined;
  /** Impersonation, which istioctl has; it is refused when the cluster is asked for anything. */
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroup?: string | undefined;
}

/** Whether the configuration is to come from a cluster. Scripts pass an empty text for a flag that is not set. */
export function asksCluster(flags: ClusterSourceFlags): boolean {
  const { fromCluster, kubeconfig, context } = flags;
  const { istioNamespace, injectConfigMapName, meshConfigMapName } = flags;
  return Boolean(
    fromCluster ||
      kubeconfig ||
      context ||
      istioNamespace ||
      injectConfigMapName ||
      meshConfigMapName,
  );
}
