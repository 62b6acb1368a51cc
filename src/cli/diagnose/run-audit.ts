import { type Audit, auditPods, podsToInject } from '../../diagnose/audit-pods.ts';
import { readInjectionWebhooks } from '../../diagnose/injection-webhooks.ts';
import {
  readAll,
  readNamespaces,
  readPolicy,
  webhookConfigurations,
} from '../../diagnose/read-cluster.ts';
import { stampsInForce } from '../../diagnose/stamps-in-force.ts';
import type { CliContext } from '../context.ts';
import { type ClusterFlags, withCluster } from './cluster-flags.ts';
import { table } from './table.ts';

/** The flags of `audit`, as the command line parser hands them over. */
export interface AuditFlags extends ClusterFlags {
  readonly namespace?: string;
  readonly istioNamespace: string;
  readonly injectConfigMapName: string;
  readonly output?: 'json';
}

/** Prints what is wrong, and sets the exit code. @throws ApiError when the cluster cannot be read */
export async function runAudit(flags: AuditFlags, context: CliContext): Promise<void> {
  const { namespace, istioNamespace, injectConfigMapName } = flags;
  const podsPath =
    namespace === undefined
      ? '/api/v1/pods'
      : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
  const { findings, uncompared, troubles } = await withCluster(flags, context, async ({ api }) => {
    const pods = podsToInject({
      pods: await readAll(api, podsPath),
      namespaces: await readNamespaces(api),
      webhooks: readInjectionWebhooks(await readAll(api, webhookConfigurations)),
      policy: await readPolicy(api, istioNamespace, injectConfigMapName),
    });
    const { stamps, troubles } = await stampsInForce(api, pods);
    return { ...auditPods(pods, stamps), troubles };
  });
  if (flags.output === 'json') {
    context.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  } else if (findings.length > 0) {
    context.stdout.write(tableOf(findings));
    context.stderr.write('Restart the workloads to have their pods injected as they should be.\n');
  } else {
    context.stderr.write('Every pod that should have a sidecar has one.\n');
  }
  for (const trouble of troubles) {
    context.stderr.write(`The configuration in force could not be found out: ${trouble}.\n`);
  }
  if (uncompared > 0) {
    context.stderr.write(
      `Sidecars compared by their revision alone: ${uncompared}. With serve --stamp-configuration pods tell their configuration, too.\n`,
    );
  }
  if (findings.length > 0) context.exitCode = 1;
}

function tableOf(findings: Audit['findings']): string {
  return table([
    ['NAMESPACE', 'POD', 'WORKLOAD', 'PROBLEM', 'DETAIL'],
    ...findings.map((one) => [one.namespace, one.pod, one.workload, one.problem, one.detail]),
  ]);
}
