/**
 * The configuration that a cluster's ConfigMaps hold. Import it only when a cluster is asked for. Exports:
 * {@link readCluster}, {@link ClusterParts}, {@link WantedParts}.
 */
import { OutriggerError } from '../../errors.ts';
import type { NamespaceMeta } from '../../inject/index.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import { configMapNames } from '../../serving/config-map-source.ts';
import type { CliContext } from '../context.ts';
import { withCluster } from '../diagnose/cluster-flags.ts';
import { ClusterReader, injectorTexts, meshTexts, valuesTexts } from './cluster-reader.ts';
import type { ClusterSourceFlags } from './cluster-source-flags.ts';
import type { ConfigurationFiles } from './read-sources.ts';

/** What to read. */
export interface WantedParts {
  readonly config: boolean;
  readonly values: boolean;
  readonly mesh: boolean;
  /** The labels of namespaces, and the revision tags. */
  readonly namespaces: boolean;
}

/** What was read of what was wanted. */
export interface ClusterParts extends ConfigurationFiles {
  /** The cluster and the ConfigMaps, for people. */
  readonly description: string;
  /** That of the flags, else the one that the tag `default` points at, else empty. */
  readonly revision: string;
  readonly namespaces: ReadonlyMap<string, NamespaceMeta> | undefined;
  /** Revisions by tag. */
  readonly tags: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

/** Together: nobody should have to wait for a cluster that is not there. */
const defaultTimeoutMs = 5_000;

/**
 * Reads from the cluster that the flags name, as kubectl would choose it.
 *
 * @param timeoutMs for everything together
 * @throws OutriggerError `OUTRIGGER_CLUSTER` that says what was tried
 */
export async function readCluster(
  flags: ClusterSourceFlags & { readonly revision?: string | undefined },
  wanted: WantedParts,
  context: Pick<CliContext, 'env'>,
  timeoutMs = defaultTimeoutMs,
): Promise<ClusterParts> {
  refuseImpersonation(flags);
  const cluster = {
    ...(flags.kubeconfig && { kubeconfig: flags.kubeconfig }),
    ...(flags.context && { context: flags.context }),
  };
  const read = async ({ api, description }: ClusterConnection) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), timeoutMs);
    const reader = new ClusterReader(api, deadline.signal, {
      namespace: flags.istioNamespace || 'istio-system',
      tried: `Tried ${description}, at ${api.url}.`,
      late: `no answer within ${timeoutMs / 1000} seconds`,
    });
    try {
      return await readParts(reader, flags, wanted, description);
    } finally {
      clearTimeout(timer);
    }
  };
  return withCluster(cluster, context, read, { timeoutMs });
}

function refuseImpersonation({ as, asUid, asGroup }: ClusterSourceFlags): void {
  const [flag] = Object.entries({ as, 'as-uid': asUid, 'as-group': asGroup }).find(
    ([, value]) => value !== undefined,
  ) ?? [undefined];
  if (flag === undefined) return;
  throw new OutriggerError('OUTRIGGER_CLUSTER', `--${flag} is not supported`, {
    hint: 'Name a context whose user acts as somebody else ("as" in the kubeconfig) with --context.',
  });
}

async function readParts(
  reader: ClusterReader,
  flags: ClusterSourceFlags & { readonly revision?: string | undefined },
  wanted: WantedParts,
  description: string,
): Promise<ClusterParts> {
  const fromInjector = wanted.config || wanted.values;
  const { revision, notes } =
    flags.revision || !(fromInjector || wanted.mesh)
      ? { revision: flags.revision ?? '', notes: [] }
      : await reader.defaultRevision();
  const names = configMapNames(revision);
  const injectorName = flags.injectConfigMapName || names.injector;
  const meshName = flags.meshConfigMapName || names.mesh;
  const [injector, mesh, namespaces, tags] = await Promise.all([
    fromInjector
      ? reader.configMap(injectorName, wanted.config ? injectorTexts : valuesTexts)
      : undefined,
    wanted.mesh ? reader.configMap(meshName, meshTexts) : undefined,
    wanted.namespaces ? reader.namespaces() : undefined,
    wanted.namespaces ? reader.tags() : new Map<string, string>(),
  ]);
  const maps = [injector && injectorName, mesh && meshName].filter((name) => name !== undefined);
  return {
    description: [...maps.map((name) => reader.describe(name)), description].join(', '),
    revision,
    config: wanted.config ? injector?.('config') : undefined,
    values: wanted.values ? injector?.('values') : undefined,
    mesh: mesh?.('mesh'),
    namespaces,
    tags,
    notes,
  };
}
