/** What the API server has added to a pod before webhooks get to see it. */
import type { JsonObject } from '../../src/json.ts';

/** Members of the spec. */
export const schedulingDefaults: JsonObject = {
  schedulerName: 'default-scheduler',
  tolerations: [
    toleration('node.kubernetes.io/not-ready'),
    toleration('node.kubernetes.io/unreachable'),
  ],
  priority: 0,
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
};

/** The volume with the token of a pod's service account, which the API server adds. */
export const accessVolume: JsonObject = {
  name: 'kube-api-access',
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      {
        downwardAPI: {
          items: [
            { path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
          ],
        },
      },
    ],
  },
};

function toleration(key: string): JsonObject {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 };
}
