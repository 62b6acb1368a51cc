/** Exports: {@link readWebhooks}. Import it only when a cluster is asked. */
import type { JsonObject } from '../../json.ts';
import { chosenCluster, timeoutMs } from '../cluster/chosen-cluster.ts';
import type { CliContext } from '../context.ts';
import { withCluster } from '../diagnose/cluster-flags.ts';
import { ClusterSource } from './cluster-source.ts';
import type { ExplainOptions } from './explain-options.ts';

/** The webhook configurations of the cluster that the flags name; none when the user may not see them. */
export function readWebhooks(options: ExplainOptions, context: CliContext): Promise<JsonObject[]> {
  return withCluster(
    chosenCluster(options),
    context,
    async (cluster) => (await new ClusterSource(cluster).webhookConfigurations()) ?? [],
    { timeoutMs },
  );
}
