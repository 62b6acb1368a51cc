/**
 * Every annotation and label name that the engine reads or writes, each in one place.
 * Names that only a template reads are the template's own business and are not listed.
 */

/** Annotations of a pod. */
export const annotations = {
  // What to inject.
  /** `true` or `false`: the wish for or against a sidecar; only looked at when the label of that name is absent. */
  inject: 'sidecar.istio.io/inject',
  /** Comma-separated names of the templates to apply instead of the default ones. */
  templates: 'inject.istio.io/templates',
  /** YAML of a proxy configuration, merged over the mesh's. */
  proxyConfig: 'proxy.istio.io/config',
  /** Variant of the proxy image: `debug`, `distroless`, `default`, … */
  proxyImageType: 'sidecar.istio.io/proxyImageType',
  /** `true` or `false`: run the proxy as a native sidecar (a restartable init container) or not. */
  nativeSidecar: 'sidecar.istio.io/nativeSidecar',

  // What injection leaves behind.
  /** JSON record of what an injection added; its presence means that the pod was injected before. */
  status: 'sidecar.istio.io/status',
  /** JSON of the containers of the user's own that a template also produces. */
  overrides: 'proxy.istio.io/overrides',
  /** Ours, and only where it is asked for: which configuration the pod was injected with. */
  configuration: 'outrigger/configuration',

  // Traffic capture.
  /** `REDIRECT`, `TPROXY` or `NONE`. */
  interceptionMode: 'sidecar.istio.io/interceptionMode',
  /** CIDR list, or `*`. */
  includeOutboundIPRanges: 'traffic.sidecar.istio.io/includeOutboundIPRanges',
  /** CIDR list. */
  excludeOutboundIPRanges: 'traffic.sidecar.istio.io/excludeOutboundIPRanges',
  /** Port list, or `*`. */
  includeInboundPorts: 'traffic.sidecar.istio.io/includeInboundPorts',
  /** Port list. */
  excludeInboundPorts: 'traffic.sidecar.istio.io/excludeInboundPorts',
  /** Port list. */
  excludeOutboundPorts: 'traffic.sidecar.istio.io/excludeOutboundPorts',
  /** Interface list. */
  excludeInterfaces: 'traffic.sidecar.istio.io/excludeInterfaces',
  /** Interface list; the older name of {@link annotations.rerouteVirtualInterfaces}. */
  kubevirtInterfaces: 'traffic.sidecar.istio.io/kubevirtInterfaces',
  /** Interface list. */
  rerouteVirtualInterfaces: 'istio.io/reroute-virtual-interfaces',

  // Health.
  /** Port on which the agent answers probes and serves metrics. */
  statusPort: 'status.sidecar.istio.io/port',
  /** Readiness probe of the proxy: seconds before the first one. */
  readinessInitialDelaySeconds: 'readiness.status.sidecar.istio.io/initialDelaySeconds',
  /** Readiness probe of the proxy: seconds between two. */
  readinessPeriodSeconds: 'readiness.status.sidecar.istio.io/periodSeconds',
  /** Readiness probe of the proxy: failures in a row that make it unready. */
  readinessFailureThreshold: 'readiness.status.sidecar.istio.io/failureThreshold',
  /** Boolean: send the application's probes through the agent. */
  rewriteAppHTTPProbers: 'sidecar.istio.io/rewriteAppHTTPProbers',

  // Resources of the proxy.
  /** CPU request. */
  proxyCPU: 'sidecar.istio.io/proxyCPU',
  /** Memory request. */
  proxyMemory: 'sidecar.istio.io/proxyMemory',
  /** CPU limit. */
  proxyCPULimit: 'sidecar.istio.io/proxyCPULimit',
  /** Memory limit. */
  proxyMemoryLimit: 'sidecar.istio.io/proxyMemoryLimit',

  // Metrics.
  /** Boolean: merge the application's metrics with the proxy's. */
  prometheusMergeMetrics: 'prometheus.istio.io/merge-metrics',
  /** Comma-separated `port:path` pairs to scrape. */
  prometheusScrapeTargets: 'prometheus.istio.io/scrape-targets',
  /** Port that serves the merged metrics over mutual TLS. */
  prometheusSecurePort: 'prometheus.istio.io/secure-port',
  /** Whether Prometheus shall scrape the pod. */
  prometheusScrape: 'prometheus.io/scrape',
  /** Port that Prometheus scrapes. */
  prometheusPort: 'prometheus.io/port',
  /** Path that Prometheus scrapes. */
  prometheusPath: 'prometheus.io/path',

  // OpenTelemetry resource attributes.
  /** Value of `service.namespace`. */
  otelServiceNamespace: 'resource.opentelemetry.io/service.namespace',
  /** Value of `service.version`. */
  otelServiceVersion: 'resource.opentelemetry.io/service.version',
  /** Value of `service.instance.id`. */
  otelServiceInstanceId: 'resource.opentelemetry.io/service.instance.id',
} as const;

/** Annotations of a namespace. */
export const namespaceAnnotations = {
  /** OpenShift: the block of user ids that the namespace's pods run with. */
  openshiftUidRange: 'openshift.io/sa.scc.uid-range',
  /** OpenShift: the blocks of supplemental groups. */
  openshiftSupplementalGroups: 'openshift.io/sa.scc.supplemental-groups',
} as const;

/** Labels of a pod. */
export const labels = {
  // What to inject.
  /** `true` or `false`: the wish for or against a sidecar; hides the annotation of that name. */
  inject: 'sidecar.istio.io/inject',
  /** Revision that shall inject the pod; only counts in a namespace without injection labels. */
  revision: 'istio.io/rev',

  // Where the pod is.
  /** Network of the pod. */
  network: 'topology.istio.io/network',

  // Who made the pod.
  /** Set by Deployments on their pods; the tail of the ReplicaSet's name. */
  podTemplateHash: 'pod-template-hash',
  /** The same for Argo Rollouts. */
  rolloutsPodTemplateHash: 'rollouts-pod-template-hash',
  /** Name of the OpenShift DeploymentConfig. */
  deploymentConfig: 'deploymentconfig',

  /** Version of the application. */
  appVersion: 'app.kubernetes.io/version',
} as const;

/** Labels of a namespace. */
export const namespaceLabels = {
  /** `enabled`: the default revision injects its pods; any other value: nobody does. */
  injection: 'istio-injection',
  /** Revision (or tag) that injects the namespace's pods. */
  revision: 'istio.io/rev',
  /** The namespace's own name, kept by Kubernetes. */
  name: 'kubernetes.io/metadata.name',
} as const;
