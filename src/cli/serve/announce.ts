import type { Logger } from 'pino';
import { ignoredNamespaces } from '../../inject/decide/ignored-namespace.ts';
import type { ClusterConnection } from '../../kube/connect.ts';
import type { ServingConfiguration } from './serving-configuration.ts';

/** Names in a log line; a large cluster has thousands of namespaces. */
const mostNames = 30;

/**
 * Says in one line where the server runs, which configuration is in force, and what that means for namespaces.
 */
export function announce(
  logger: Logger,
  cluster: ClusterConnection | undefined,
  configuration: ServingConfiguration,
): void {
  const { inForce } = configuration.status().configuration;
  const namespaces = configuration.namespaces();
  logger.info(
    {
      cluster: cluster?.description ?? 'none',
      ...(cluster && { apiServer: cluster.api.url }),
      configuration: configuration.description,
      hash: inForce?.configuration.hash,
      revision: inForce?.configuration.revision || 'default',
      nativeSidecars: configuration.nativeSidecars,
      ...(namespaces === undefined
        ? {
            namespaces: 'not looked at: whatever the API server sends is considered',
            leavesAlone: [...ignoredNamespaces],
          }
        : {
            injects: shortened(namespaces.injected),
            onRequest: shortened(namespaces.onRequest),
            leavesAlone: shortened(namespaces.leftAlone),
          }),
    },
    'ready to inject',
  );
}

function shortened(names: readonly string[]): readonly string[] {
  if (names.length <= mostNames) return names;
  return [...names.slice(0, mostNames), `and ${names.length - mostNames} more`];
}
