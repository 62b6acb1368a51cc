import { isJsonObject, type JsonObject } from '../../json.ts';

/**
 * The right of an injector to keep `caBundle` of a tag's configuration right: its own role names its own
 * configuration only. Undefined when the configuration calls no Service of the cluster.
 *
 * @param configuration of the tag
 */
export function tagRights(
  configuration: JsonObject,
): { readonly role: JsonObject; readonly binding: JsonObject } | undefined {
  const service = serviceOf(configuration);
  const { metadata } = configuration;
  if (service === undefined || !isJsonObject(metadata)) return undefined;
  const { name = '', labels = {} } = metadata;
  return {
    role: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name, labels },
      rules: [
        {
          apiGroups: ['admissionregistration.k8s.io'],
          resources: ['mutatingwebhookconfigurations'],
          resourceNames: [name],
          verbs: ['patch'],
        },
      ],
    },
    binding: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
      // manifests/ gives Service and ServiceAccount the same name.
      subjects: [{ kind: 'ServiceAccount', ...service }],
    },
  };
}

function serviceOf({ webhooks }: JsonObject): { name: string; namespace: string } | undefined {
  const [entry] = Array.isArray(webhooks) ? webhooks : [];
  const client = isJsonObject(entry) ? entry['clientConfig'] : undefined;
  const service = isJsonObject(client) ? client['service'] : undefined;
  if (!isJsonObject(service)) return undefined;
  const { name, namespace } = service;
  return typeof name === 'string' && typeof namespace === 'string'
    ? { name, namespace }
    : undefined;
}
