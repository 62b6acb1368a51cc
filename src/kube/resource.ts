/** A set of objects of one kind, as far as it is followed. */
export interface Resource {
  /** For people, such as `ConfigMap istio-system/istio` or `namespaces`. */
  readonly description: string;
  /** Path of the list, such as `/api/v1/namespaces`. */
  readonly path: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  /** Nothing but `metadata` is asked for, which keeps answers small. */
  readonly metadataOnly?: boolean;
  /**
   * The cluster need not know the kind, nor let us read it: then it is as if there were none, and it is asked
   * again from time to time.
   */
  readonly optional?: boolean;
  /** Objects in an answer; large objects come in small answers, so that reading them blocks nobody for long. */
  readonly pageSize?: number;
}

/** The one ConfigMap of this name. The field selector lets RBAC rules be narrowed by `resourceNames`. */
export function configMapNamed(namespace: string, name: string): Resource {
  return {
    description: `ConfigMap ${namespace}/${name}`,
    path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps`,
    fieldSelector: `metadata.name=${name}`,
  };
}

/** Labels and annotations of all namespaces. */
export const allNamespaces: Resource = {
  description: 'namespaces',
  path: '/api/v1/namespaces',
  metadataOnly: true,
};

/** All nodes. Their objects are large, mostly for the list of images. */
export const allNodes: Resource = {
  description: 'nodes',
  path: '/api/v1/nodes',
  pageSize: 50,
};

/** Istio's ProxyConfig resources, which not every cluster has. */
export const allProxyConfigs: Resource = {
  description: 'ProxyConfig resources',
  path: '/apis/networking.istio.io/v1beta1/proxyconfigs',
  optional: true,
};

/** Labels of the webhook configurations that stand for revision tags (`CHART/templates/revision-tags-mwc.yaml`). */
export const revisionTagWebhooks: Resource = {
  description: 'webhook configurations of revision tags',
  path: '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  labelSelector: 'istio.io/tag',
  metadataOnly: true,
  optional: true,
};

/** All webhook configurations, with their selectors; there are few of them. */
export const allWebhooks: Resource = {
  description: 'webhook configurations',
  path: revisionTagWebhooks.path,
  optional: true,
};

/** Media types for the list and its watch. */
export function mediaTypes({ metadataOnly = false }: Resource): { list: string; watch: string } {
  // The plain type comes second, for servers that do not know the other one.
  return metadataOnly
    ? {
        list: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json',
        watch: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
      }
    : { list: 'application/json', watch: 'application/json' };
}
