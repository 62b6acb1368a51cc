/**
 * Whether proxies run as native sidecars (`pkg/kube/inject/webhook.go`, detectNativeSidecar). Exports:
 * {@link nodeQualifies}, {@link indexNodes}, {@link resolveNativeSidecars}.
 */

/** First minor version of Kubernetes in which native sidecars are stable. */
const firstMinor = 33;
const version =
  /^v?[0-9]+(?:\.([0-9]+))?(?:\.[0-9]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** The nodes of a cluster, judged. */
export interface NodeIndex {
  readonly byName: ReadonlyMap<string, boolean>;
  /** True when no node is too old, also when there is no node at all. */
  readonly all: boolean;
}

/** True when a node's `status.nodeInfo.kubeletVersion` is new enough; only the minor number is looked at. */
export function nodeQualifies(kubeletVersion: string): boolean {
  const parts = version.exec(kubeletVersion);
  return parts !== null && Number(parts[1] ?? 0) >= firstMinor;
}

/** Judges all nodes once; to be made anew when a node comes, goes or changes its version. */
export function indexNodes(
  nodes: Iterable<{ readonly name: string; readonly kubeletVersion: string }>,
): NodeIndex {
  const byName = new Map<string, boolean>();
  for (const { name, kubeletVersion } of nodes) byName.set(name, nodeQualifies(kubeletVersion));
  return { byName, all: [...byName.values()].every((qualifies) => qualifies) };
}

/**
 * Resolves `ENABLE_NATIVE_SIDECARS` for a pod. `true` and `auto` are what they say, any other text is
 * `false`.
 *
 * @param nodes the nodes of the pod's cluster; undefined when they cannot be read, which means false
 * @param nodeName node that the pod names already; a known one decides alone
 */
export function resolveNativeSidecars(
  mode: string,
  nodes: NodeIndex | undefined,
  nodeName: string | undefined,
): boolean {
  if (mode === 'true') return true;
  if (mode !== 'auto' || nodes === undefined) return false;
  return (nodeName ? nodes.byName.get(nodeName) : undefined) ?? nodes.all;
}
