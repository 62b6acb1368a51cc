/** A pod that the API server only tries out. Exports: {@link tryPod}. */
import type { JsonObject } from '../json.ts';
import type { ApiServer } from '../kube/api-server.ts';

/**
 * What would become of a pod that is created now (`dryRun`, so that nothing is). It goes the whole way: selectors,
 * network, certificate, caBundle and configuration.
 *
 * @throws ApiError when it would be refused
 */
export function tryPod(
  api: ApiServer,
  namespace: string,
  labels: { readonly [name: string]: string } = {},
): Promise<JsonObject> {
  return api.request({
    method: 'POST',
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
    query: { dryRun: 'All' },
    body: trialPod(namespace, labels),
  });
}

/** Meets the strictest Pod Security level, so that hardly anything but the injector can refuse it. */
function trialPod(namespace: string, labels: { readonly [name: string]: string }): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { generateName: 'outrigger-trial-', namespace, labels: { ...labels } },
    spec: {
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'trial',
          image: 'registry.invalid/never-pulled',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
