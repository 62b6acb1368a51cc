import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ApiServer } from './api-server.ts';
import { createHttpApiServer } from './http-api-server.ts';

/** A cluster that this process talks to. */
export interface ClusterConnection {
  readonly api: ApiServer;
  /** How we came to it, for people: `in a pod`, or the kubeconfig and its context. */
  readonly description: string;
  /** The pod's namespace, or that of the context; undefined when neither names one. */
  readonly namespace: string | undefined;
}

/** How much patience there is with a cluster. */
export interface ConnectionLimits {
  /** For every request, and for a plugin that gets credentials; milliseconds. */
  readonly timeoutMs?: number;
}

/** The environment of the process. */
type Environment = Readonly<Record<string, string | undefined>>;

const tokenFile = '/var/run/secrets/kubernetes.io/serviceaccount/token';

/** Whether this process runs in a pod with a ServiceAccount. @param root folder that stands for `/` in tests */
export function isInPod(env: Environment, root = ''): boolean {
  return Boolean(env['KUBERNETES_SERVICE_HOST']) && existsSync(root + tokenFile);
}

/** Connects with the pod's ServiceAccount. Nothing is sent yet. */
export async function connectInPod(
  root = '',
  limits: ConnectionLimits = {},
): Promise<ClusterConnection> {
  const { credentialsOf, readServiceAccount } = await import('./kube-config.ts');
  const config = readServiceAccount(root);
  const server = config.getCurrentCluster()?.server ?? '';
  return {
    api: createHttpApiServer(server, credentialsOf(config), limits),
    description: 'in a pod',
    namespace: config.getContextObject(config.getCurrentContext())?.namespace?.trim(),
  };
}

/**
 * Connects as kubectl would: with the file named, else those of `$KUBECONFIG`, else `~/.kube/config`. Nothing is
 * sent yet.
 *
 * @throws OutriggerError `OUTRIGGER_CLUSTER` when there is no such file or context
 */
export async function connectByKubeconfig(
  flags: { readonly kubeconfig?: string | undefined; readonly context?: string | undefined },
  env: Environment,
  limits: ConnectionLimits = {},
): Promise<ClusterConnection> {
  const { credentialsOf, readKubeconfig } = await import('./kube-config.ts');
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  const files =
    flags.kubeconfig !== undefined
      ? [flags.kubeconfig]
      : listed.length > 0
        ? listed
        : [join(env['HOME'] ?? homedir(), '.kube', 'config')];
  const several = flags.kubeconfig === undefined && listed.length > 1;
  const config = readKubeconfig(files, flags.context, { mustExist: !several });
  const context = config.getCurrentContext();
  return {
    api: createHttpApiServer(
      config.getCurrentCluster()?.server ?? '',
      credentialsOf(config, limits.timeoutMs),
      limits,
    ),
    description: `kubeconfig ${files.join(', ')}, context ${context}`,
    namespace: config.getContextObject(context)?.namespace,
  };
}
