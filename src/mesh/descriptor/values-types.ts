import type { TypeTable } from './type-table.ts';

/**
 * The Helm values of Istio, operator/pkg/apis/values_types.proto, in the notation of {@link TypeTable}.
 * Only read, to refuse what upstream refuses. `IntOrString` stands as `Value`: it takes any JSON.
 */
export const valuesTypes: TypeTable = {
  package: 'istio.operator.v1alpha1',
  protoNames: 'same',
  messages: {
    Values: `
      cni CNIConfig; gateways GatewaysConfig; global GlobalConfig; pilot PilotConfig;
      ztunnel Value; telemetry TelemetryConfig; sidecarInjectorWebhook SidecarInjectorConfig;
      istioCni=istio_cni CNIUsageConfig; revision string; ownerName string; meshConfig Value;
      base BaseConfig; istiodRemote IstiodRemoteConfig; revisionTags []string;
      defaultRevision string; profile string; compatibilityVersion string;
      experimental ExperimentalConfig; gatewayClasses Value`,
    GlobalConfig: `
      arch ArchConfig; certSigners []string; configValidation ?bool; defaultNodeSelector Struct;
      defaultPodDisruptionBudget Toggle; defaultResources DefaultResourcesConfig;
      defaultTolerations []Struct; hub string; imagePullPolicy string; imagePullSecrets []string;
      istioNamespace string; logAsJson ?bool; logging GlobalLoggingConfig; meshID string;
      meshNetworks Struct; multiCluster MultiClusterConfig; network string;
      podDNSSearchNamespaces []string; omitSidecarInjectorConfigMap ?bool;
      operatorManageWebhooks ?bool; priorityClassName string; proxy ProxyConfig;
      proxy_init ProxyInitConfig; sds SDSConfig; tag Value; variant string; tracer TracerConfig;
      remotePilotAddress string; istiod IstiodConfig; pilotCertProvider string; jwtPolicy string;
      sts STSConfig; revision string; mountMtlsCerts ?bool; caAddress string;
      externalIstiod ?bool; configCluster ?bool; caName string; platform string;
      ipFamilies []string; ipFamilyPolicy string; waypoint WaypointConfig;
      trustBundleName string; nativeNftables ?bool; networkPolicy Toggle;
      resourceScope ResourceScope; agentgateway Agentgateway; enableReaderRBAC ?bool`,
    ProxyConfig: `
      autoInject string; clusterDomain string; componentLogLevel string; enableCoreDump ?bool;
      excludeInboundPorts string; excludeIPRanges string; image string; includeIPRanges string;
      logLevel string; outlierLogPath string; privileged ?bool;
      readinessInitialDelaySeconds uint32; readinessPeriodSeconds uint32;
      readinessFailureThreshold uint32; seccompProfile Struct; startupProbe StartupProbe;
      statusPort uint32; resources Resources; tracer tracer; excludeOutboundPorts string;
      lifecycle Struct; holdApplicationUntilProxyStarts ?bool; includeInboundPorts string;
      includeOutboundPorts string`,
    SidecarInjectorConfig: `
      enableNamespacesByDefault ?bool; reinvocationPolicy string; neverInjectSelector []Struct;
      alwaysInjectSelector []Struct; rewriteAppHTTPProbe ?bool; injectedAnnotations Struct;
      injectionURL string; templates Struct; defaultTemplates []string`,
    GatewaysConfig: `
      istio-egressgateway=istio_egressgateway EgressGatewayConfig; enabled ?bool;
      istio-ingressgateway=istio_ingressgateway IngressGatewayConfig; securityContext Value;
      seccompProfile Value`,
    PilotConfig: `
      enabled ?bool; autoscaleEnabled ?bool; autoscaleMin uint32; autoscaleMax uint32;
      autoscaleBehavior Struct; replicaCount uint32; image string; traceSampling double;
      resources Resources; cpu TargetUtilizationConfig; nodeSelector Struct;
      keepaliveMaxServerConnectionAge Duration; deploymentLabels Struct; podLabels Struct;
      configMap ?bool; env Struct; affinity Struct; rollingMaxSurge Value;
      rollingMaxUnavailable Value; tolerations []Struct; podAnnotations Struct;
      serviceAnnotations Struct; serviceAccountAnnotations Struct; jwksResolverExtraRootCA string;
      hub string; tag Value; variant string; seccompProfile Struct;
      topologySpreadConstraints []Struct; terminationGracePeriodSeconds uint32;
      extraContainerArgs []Struct; volumeMounts []Struct; volumes []Struct; ipFamilies []string;
      ipFamilyPolicy string; memory TargetUtilizationConfig; cni CNIUsageConfig;
      taint PilotTaintControllerConfig; trustedZtunnelNamespace string;
      istiodRemote IstiodRemoteConfig; envVarFrom []Struct; crlConfigMapName string`,
    CNIConfig: `
      enabled ?bool; hub string; tag Value; variant string; image string; pullPolicy string;
      cniBinDir string; cniConfDir string; cniConfFileName string; cniNetnsDir string;
      excludeNamespaces []string; affinity Struct; env Struct; daemonSetLabels Struct;
      podAnnotations Struct; podLabels Struct; pspClusterRole=psp_cluster_role string;
      logLevel string; logging GlobalLoggingConfig; repair CNIRepairConfig; chained ?bool;
      resourceQuotas=resource_quotas ResourceQuotas; resources Resources; privileged ?bool;
      seccompProfile Struct; ambient CNIAmbientConfig; provider string;
      rollingMaxUnavailable Value; istioOwnedCNIConfig ?bool; istioOwnedCNIConfigFileName string;
      useAppArmorAnnotation ?bool`,
    CNIAmbientConfig: `
      enabled ?bool; configDir string; dnsCapture ?bool; ipv6 ?bool;
      reconcileIptablesOnStartup ?bool`,
    CNIRepairConfig: `
      enabled ?bool; hub string; tag Value; image string; labelPods bool; repairPods bool;
      createEvents string; deletePods bool; brokenPodLabelKey string; brokenPodLabelValue string;
      initContainerName string`,
    CNIUsageConfig: 'enabled ?bool; chained ?bool; provider string',
    EgressGatewayConfig: `
      autoscaleEnabled ?bool; autoscaleMax uint32; autoscaleMin uint32;
      memory TargetUtilizationConfig; cpu TargetUtilizationConfig; customService ?bool;
      enabled ?bool; env Struct; labels {}string; name string; nodeSelector Struct;
      podAnnotations Struct; podAntiAffinityLabelSelector []Struct;
      podAntiAffinityTermLabelSelector []Struct; ports []PortsConfig; resources Resources;
      secretVolumes []SecretVolume; serviceAnnotations Struct; type string; tolerations []Struct;
      rollingMaxSurge Value; rollingMaxUnavailable Value; configVolumes []Struct;
      additionalContainers []Struct; runAsRoot ?bool; injectionTemplate string;
      serviceAccount ServiceAccount; ipFamilies []string; ipFamilyPolicy string`,
    IngressGatewayConfig: `
      autoscaleEnabled ?bool; autoscaleMax uint32; autoscaleMin uint32;
      memory TargetUtilizationConfig; cpu TargetUtilizationConfig; customService ?bool;
      enabled ?bool; env Struct; labels {}string; loadBalancerIP string;
      loadBalancerSourceRanges []string; name string; nodeSelector Struct;
      podAnnotations Struct; podAntiAffinityLabelSelector []Struct;
      podAntiAffinityTermLabelSelector []Struct; ports []PortsConfig; replicaCount uint32;
      resources Struct; secretVolumes []SecretVolume; serviceAnnotations Struct; type string;
      rollingMaxSurge Value; rollingMaxUnavailable Value; externalTrafficPolicy string;
      tolerations []Struct; ingressPorts []Struct; additionalContainers []Struct;
      configVolumes []Struct; runAsRoot ?bool; injectionTemplate string;
      serviceAccount ServiceAccount; ipFamilies []string; ipFamilyPolicy string`,
    MultiClusterConfig: `
      enabled ?bool; clusterName string; globalDomainSuffix string; includeEnvoyFilter ?bool`,
    TracerConfig: `
      datadog TracerAddress; lightstep TracerLightStepConfig; zipkin TracerAddress;
      stackdriver TracerStackdriverConfig`,
    TracerLightStepConfig: 'address string; accessToken string',
    TracerStackdriverConfig: `
      debug ?bool; maxNumberOfAttributes uint32; maxNumberOfAnnotations uint32;
      maxNumberOfMessageEvents uint32`,
    IstiodRemoteConfig: `
      injectionURL string; injectionPath string; injectionCABundle string; enabled ?bool;
      enabledLocalInjectorIstiod ?bool`,
    BaseConfig: `
      enableCRDTemplates ?bool; excludedCRDs []string; validationURL string;
      enableIstioConfigCRDs ?bool; validateGateway ?bool; validationCABundle string`,
    WaypointConfig: `
      resources Resources; affinity Struct; topologySpreadConstraints []Struct;
      nodeSelector Struct; toleration []Struct`,
    TelemetryConfig: 'enabled ?bool; v2 TelemetryV2Config',
    TelemetryV2Config: 'enabled ?bool; prometheus Toggle; stackdriver Toggle',
    ArchConfig: 'amd64 uint32; ppc64le uint32; s390x uint32; arm64 uint32',
    DefaultResourcesConfig: 'requests ResourcesRequestsConfig',
    PilotTaintControllerConfig: 'enabled bool; namespace string; name string',
    PortsConfig: `
      name string; port int32; nodePort int32; targetPort int32; protocol string`,
    ProxyInitConfig: 'image string; resources Resources',
    Resources: 'limits {}string; requests {}string',
    ResourceQuotas: 'enabled ?bool; pods int64',
    ResourcesRequestsConfig: 'cpu string; memory string',
    SecretVolume: 'mountPath string; name string; secretName string',
    StartupProbe: 'enabled ?bool; failureThreshold uint32',
    Agentgateway: 'image string',
    ExperimentalConfig: 'stableValidationPolicy ?bool',
    GlobalLoggingConfig: 'level string',
    IstiodConfig: 'enableAnalysis ?bool',
    SDSConfig: 'token Struct',
    STSConfig: 'servicePort uint32',
    ServiceAccount: 'annotations Struct',
    TargetUtilizationConfig: 'targetAverageUtilization int32',
    Toggle: 'enabled ?bool',
    TracerAddress: 'address string',
  },
  enums: {
    ResourceScope: 'undefined all cluster namespace',
    tracer: 'zipkin lightstep datadog stackdriver openCensusAgent none',
  },
};
