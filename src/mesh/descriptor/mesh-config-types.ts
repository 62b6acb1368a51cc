import type { TypeTable } from './type-table.ts';

/** Messages and enums of mesh/v1alpha1/config.proto (istio.io/api), in the notation of {@link TypeTable}. */
export const meshConfigTypes: TypeTable = {
  package: 'istio.mesh.v1alpha1',
  messages: {
    Certificate: 'secretName string; dnsNames []string',
    ConfigSource: `
      address string; tlsSettings networking.ClientTLSSettings; subscribedResources []Resource`,
    LabelSelector: 'matchLabels {}string; matchExpressions []LabelSelectorRequirement',
    LabelSelectorRequirement: 'key string; operator string; values []string',
    MeshConfig: `
      proxyListenPort int32; proxyInboundListenPort int32; proxyHttpPort int32;
      connectTimeout Duration; hboneIdleTimeout Duration; protocolDetectionTimeout Duration;
      tcpKeepalive networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive; ingressClass string;
      ingressService string; ingressControllerMode IngressControllerMode; ingressSelector string;
      enableTracing bool; accessLogFile string; accessLogFormat string;
      accessLogEncoding AccessLogEncoding; enableEnvoyAccessLogService bool;
      disableEnvoyListenerLog bool; defaultConfig ProxyConfig;
      outboundTrafficPolicy OutboundTrafficPolicy; inboundTrafficPolicy InboundTrafficPolicy;
      configSources []ConfigSource; enableAutoMtls ?bool; trustDomain string;
      trustDomainAliases []string; caCertificates []CertificateData;
      defaultServiceExportTo []string; defaultVirtualServiceExportTo []string;
      defaultDestinationRuleExportTo []string; rootNamespace string;
      localityLbSetting networking.LocalityLoadBalancerSetting;
      zoneAwareLbSetting networking.ZoneAwareLoadBalancerSetting; dnsRefreshRate Duration;
      h2UpgradePolicy H2UpgradePolicy; inboundClusterStatName string;
      outboundClusterStatName string; certificates []Certificate; serviceSettings []ServiceSettings;
      serviceScopeConfigs []ServiceScopeConfigs; enablePrometheusMerge ?bool;
      verifyCertificateAtClient ?bool; ca CA; extensionProviders []ExtensionProvider;
      defaultProviders DefaultProviders; discoverySelectors []LabelSelector;
      pathNormalization ProxyPathNormalization; defaultHttpRetryPolicy networking.HTTPRetry;
      defaultInboundHttpRetryPolicy networking.HTTPRetry; meshMTLS=mesh_mTLS TLSConfig;
      tlsDefaults TLSConfig; defaultTrafficPolicy DefaultTrafficPolicy;
      serviceEntryVisibility ServiceEntryVisibility`,
    'MeshConfig.CA': `
      address string; tlsSettings networking.ClientTLSSettings; requestTimeout Duration;
      istiodSide bool`,
    'MeshConfig.CertificateData': `
      certificate_data: pem string | spiffeBundleUrl string; certSigners []string;
      trustDomains []string`,
    'MeshConfig.DefaultProviders': 'tracing []string; metrics []string; accessLogging []string',
    'MeshConfig.DefaultTrafficPolicy': `
      connectionPool networking.ConnectionPoolSettings; outlierDetection networking.OutlierDetection`,
    'MeshConfig.InboundTrafficPolicy': 'mode Mode',
    'MeshConfig.OutboundTrafficPolicy': 'mode Mode; tls networking.ClientTLSSettings',
    'MeshConfig.ProxyPathNormalization': 'normalization NormalizationType',
    'MeshConfig.ServiceScopeConfigs': `
      namespaceSelector LabelSelector; servicesSelector LabelSelector; scope Scope`,
    'MeshConfig.ServiceSettings': 'settings Settings; hosts []string',
    'MeshConfig.ServiceSettings.Settings': 'clusterLocal bool',
    'MeshConfig.TLSConfig': `
      minProtocolVersion TLSProtocol; ecdhCurves []string; cipherSuites []string`,
    ServiceEntryVisibility: 'defaultVisibility Visibility; applyToSidecars bool; policies []Policy',
    'ServiceEntryVisibility.MatchRule': 'matcher: namespaceSelector LabelSelector',
    'ServiceEntryVisibility.Policy': 'visibility Visibility; matchingRules []MatchRule',
  },
  enums: {
    'MeshConfig.AccessLogEncoding': 'TEXT JSON',
    'MeshConfig.H2UpgradePolicy': 'DO_NOT_UPGRADE UPGRADE',
    'MeshConfig.InboundTrafficPolicy.Mode': 'PASSTHROUGH LOCALHOST',
    'MeshConfig.IngressControllerMode': 'UNSPECIFIED OFF DEFAULT STRICT',
    'MeshConfig.OutboundTrafficPolicy.Mode': 'REGISTRY_ONLY ALLOW_ANY ALLOW_ANY_DYNAMIC_DNS=3',
    'MeshConfig.ProxyPathNormalization.NormalizationType': `
      DEFAULT NONE BASE MERGE_SLASHES DECODE_AND_MERGE_SLASHES`,
    'MeshConfig.ServiceScopeConfigs.Scope': 'LOCAL GLOBAL',
    'MeshConfig.TLSConfig.TLSProtocol': 'TLS_AUTO TLSV1_2 TLSV1_3',
    Resource: 'SERVICE_REGISTRY',
    'ServiceEntryVisibility.Visibility': 'VISIBILITY_UNSPECIFIED NONE NAMESPACE PUBLIC',
  },
};
