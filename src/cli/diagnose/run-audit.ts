import { auditPods } from '../../diagnose/audit-pods.ts';
import { readInjectionWebhooks } from '../../diagnose/injection-webhooks.ts';
import {
  readAll,
  readNamespaces,
  readPolicy,
  webhookConfigurations,
} from '../../diagnose/read-cluster.ts';
import type { CliContext } from '../context.ts';
import { type ClusterFlags, withCluster } from './cluster-flags.ts';
import { table } from './table.ts';

/** Prints what is wrong, and sets the exit code. @throws ApiError when the cluster cannot be read */
export async function runAudit(
  flags: ClusterFlags & {
    readonly namespace?: string;
    readonly istioNamespace: string;
    readonly injectConfigMapName: string;
    readonly output?: 'json';
  },
  context: CliContext,
): Promise<void> {
  const { namespace, istioNamespace, injectConfigMapName } = flags;
  const pods =
    namespace === undefined
      ? '/api/v1/pods'
      : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const findings = await withCluster(flags, context, async ({ api }) =>
    auditPods({
      pods: await readAll(api, pods),
      namespaces: await readNamespaces(api),
      webhooks: readInjectionWebhooks(await readAll(api, webhookConfigurations)),
      policy: await readPolicy(api, istioNamespace, injectConfigMapName),
    }),
  );
  if (flags.output === 'json') {
    context.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  } else if (findings.length > 0) {
    context.stdout.write(
      table([
        ['NAMESPACE', 'POD', 'WORKLOAD', 'PROBLEM', 'DETAIL'],
        ...findings.map((one) => [one.namespace, one.pod, one.workload, one.problem, one.detail]),
      ]),
    );
    context.stderr.write('Restart the workloads to have their pods injected as they should be.\n');
  } else {
    context.stderr.write('Every pod that should have a sidecar has one.\n');
  }
  if (findings.length > 0) context.exitCode = 1;
}
