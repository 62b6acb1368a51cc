import { isJsonObject, type JsonObject } from '../json.ts';
import type { Check } from './check.ts';
import type { Examined } from './examine-cluster.ts';

interface Right {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string;
}

/** Whether the ServiceAccount of the injector holds the rights that it needs. */
export async function checkRights(
  { api, service, istioNamespace }: Pick<Examined, 'api' | 'service' | 'istioNamespace'>,
  pod: JsonObject | undefined,
): Promise<Omit<Check, 'name'>> {
  const spec = pod?.['spec'];
  const named = isJsonObject(spec) ? spec['serviceAccountName'] : undefined;
  const account = typeof named === 'string' ? named : 'outrigger';
  const user = `system:serviceaccount:${service.namespace}:${account}`;
  const missing: string[] = [];
  for (const right of rightsNeeded(service.namespace, istioNamespace)) {
    const { verb, group, resource, namespace } = right;
    const { status } = await api.request({
      method: 'POST',
      path: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SubjectAccessReview',
        spec: {
          user,
          groups: [
            'system:serviceaccounts',
            `system:serviceaccounts:${service.namespace}`,
            'system:authenticated',
          ],
          resourceAttributes: {
            verb,
            group,
            resource,
            ...names[resource],
            ...(namespace !== undefined && { namespace }),
          },
        },
      },
    });
    if (isJsonObject(status) && status['allowed'] === true) continue;
    missing.push(`${verb} ${resource}${namespace === undefined ? '' : ` in ${namespace}`}`);
  }
  if (missing.length === 0)
    return { state: 'ok', detail: `ServiceAccount ${account} holds its rights` };
  return {
    state: 'failed',
    detail: `ServiceAccount ${service.namespace}/${account} may not ${missing.join(', ')}`,
    todo: 'Apply the ClusterRole and Roles of the manifests again (outrigger manifests).',
  };
}

/** The manifests limit some rights to objects of these names. */
const names: { readonly [resource: string]: JsonObject } = {
  configmaps: { name: 'istio-sidecar-injector' },
};

function rightsNeeded(own: string, istioNamespace: string): Right[] {
  const watched = ['list', 'watch'];
  return [
    ...watched.map((verb) => ({ verb, group: '', resource: 'namespaces' })),
    ...watched.map((verb) => ({ verb, group: '', resource: 'nodes' })),
    ...watched.map((verb) => ({
      verb,
      group: 'admissionregistration.k8s.io',
      resource: 'mutatingwebhookconfigurations',
    })),
    ...watched.map((verb) => ({
      verb,
      group: '',
      resource: 'configmaps',
      namespace: istioNamespace,
    })),
    { verb: 'create', group: '', resource: 'secrets', namespace: own },
    { verb: 'create', group: '', resource: 'events', namespace: istioNamespace },
  ];
}
