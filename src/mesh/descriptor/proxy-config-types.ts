import type { TypeTable } from './type-table.ts';

/** Messages and enums of mesh/v1alpha1/proxy.proto (istio.io/api), in the notation of {@link TypeTable}. */
export const proxyConfigTypes: TypeTable = {
  package: 'istio.mesh.v1alpha1',
  messages: {
    PrivateKeyProvider: 'provider: cryptomb CryptoMb | qat QAT',
    'PrivateKeyProvider.CryptoMb': 'pollDelay Duration; fallback ?bool',
    'PrivateKeyProvider.QAT': 'pollDelay Duration; fallback ?bool',
    ProxyConfig: `
      configPath string; binaryPath string; cluster_name: serviceCluster string |
      tracingServiceName TracingServiceName; drainDuration Duration; discoveryAddress string;
      discoveryRefreshDelay Duration; zipkinAddress string; statsdUdpAddress string;
      envoyMetricsServiceAddress string; proxyAdminPort int32; availabilityZone string;
      controlPlaneAuthPolicy AuthenticationPolicy; customConfigFile string; statNameLength int32;
      concurrency ?int32; proxyBootstrapTemplatePath string;
      interceptionMode InboundInterceptionMode; tracing Tracing; sds SDS;
      envoyAccessLogService RemoteService; envoyMetricsService RemoteService;
      proxyMetadata {}string; runtimeValues {}string; statusPort int32; extraStatTags []string;
      gatewayTopology Topology; terminationDrainDuration Duration; meshId string;
      readinessProbe networking.ReadinessProbe; proxyStatsMatcher ProxyStatsMatcher;
      holdApplicationUntilProxyStarts ?bool; caCertificatesPem []string;
      image istio.networking.v1beta1.ProxyImage; privateKeyProvider PrivateKeyProvider;
      proxyHeaders ProxyHeaders; fileFlushInterval Duration; fileFlushMinSizeKb uint32;
      statsCompression ?bool; connectionSettings ConnectionSettings`,
    'ProxyConfig.ConnectionSettings': `
      profile Profile; listenerPerConnectionBufferLimitBytes ?int32;
      clusterPerConnectionBufferLimitBytes ?int32; httpIdleTimeout Duration;
      httpMaxConnectionDuration Duration; httpDrainTimeout Duration; httpRequestTimeout Duration;
      httpRequestHeadersTimeout Duration; httpStreamIdleTimeout Duration;
      httpMaxStreamDuration Duration; httpMaxConcurrentStreams ?int32;
      http2InitialStreamWindowSize ?int32; http2InitialConnectionWindowSize ?int32;
      httpHeadersWithUnderscoresAction HeadersWithUnderscoresAction; httpMergeSlashes ?bool;
      httpPathWithEscapedSlashesAction PathWithEscapedSlashesAction; listenerConnectionLimit ?int32;
      globalDownstreamConnectionLimit ?int32`,
    'ProxyConfig.ProxyHeaders': `
      forwardedClientCert ForwardClientCertDetails;
      setCurrentClientCertDetails SetCurrentClientCertDetails; requestId RequestId; server Server;
      attemptCount AttemptCount; envoyDebugHeaders EnvoyDebugHeaders;
      metadataExchangeHeaders MetadataExchangeHeaders; preserveHttp1HeaderCase ?bool;
      xForwardedHost XForwardedHost; xForwardedPort XForwardedPort`,
    'ProxyConfig.ProxyHeaders.AttemptCount': 'disabled ?bool',
    'ProxyConfig.ProxyHeaders.EnvoyDebugHeaders': 'disabled ?bool',
    'ProxyConfig.ProxyHeaders.MetadataExchangeHeaders': 'mode MetadataExchangeMode',
    'ProxyConfig.ProxyHeaders.RequestId': 'disabled ?bool',
    'ProxyConfig.ProxyHeaders.Server': 'disabled ?bool; value string',
    'ProxyConfig.ProxyHeaders.SetCurrentClientCertDetails': `
      subject ?bool; cert ?bool; chain ?bool; dns ?bool; uri ?bool`,
    'ProxyConfig.ProxyHeaders.XForwardedHost': 'enabled ?bool',
    'ProxyConfig.ProxyHeaders.XForwardedPort': 'enabled ?bool',
    'ProxyConfig.ProxyStatsMatcher': `
      inclusionPrefixes []string; inclusionSuffixes []string; inclusionRegexps []string`,
    RemoteService: `
      address string; tlsSettings networking.ClientTLSSettings;
      tcpKeepalive networking.ConnectionPoolSettings.TCPSettings.TcpKeepalive`,
    SDS: 'enabled bool; k8sSaJwtPath string',
    Topology: `
      numTrustedProxies uint32; forwardClientCertDetails ForwardClientCertDetails;
      proxyProtocol ProxyProtocolConfiguration`,
    'Topology.ProxyProtocolConfiguration': '',
    Tracing: `
      tracer: zipkin Zipkin | lightstep Lightstep | datadog Datadog | stackdriver Stackdriver |
      openCensusAgent OpenCensusAgent; customTags {}CustomTag; maxPathTagLength uint32;
      sampling double; tlsSettings networking.ClientTLSSettings; enableIstioTags ?bool`,
    'Tracing.CustomTag': 'type: literal Literal | environment Environment | header RequestHeader',
    'Tracing.Datadog': 'address string',
    'Tracing.Environment': 'name string; defaultValue string',
    'Tracing.Lightstep': 'address string; accessToken string',
    'Tracing.Literal': 'value string',
    'Tracing.OpenCensusAgent': 'address string; context []TraceContext',
    'Tracing.RequestHeader': 'name string; defaultValue string',
    'Tracing.Stackdriver': `
      debug bool; maxNumberOfAttributes ?int64; maxNumberOfAnnotations ?int64;
      maxNumberOfMessageEvents ?int64`,
    'Tracing.Zipkin': 'address string',
  },
  enums: {
    AuthenticationPolicy: 'NONE MUTUAL_TLS INHERIT=1000',
    ForwardClientCertDetails: `
      UNDEFINED SANITIZE FORWARD_ONLY APPEND_FORWARD SANITIZE_SET ALWAYS_FORWARD_ONLY`,
    'ProxyConfig.ConnectionSettings.HeadersWithUnderscoresAction': `
      HEADERS_WITH_UNDERSCORES_UNSPECIFIED HEADERS_WITH_UNDERSCORES_ALLOW
      HEADERS_WITH_UNDERSCORES_REJECT_REQUEST HEADERS_WITH_UNDERSCORES_DROP_HEADER`,
    'ProxyConfig.ConnectionSettings.PathWithEscapedSlashesAction': `
      PATH_WITH_ESCAPED_SLASHES_UNSPECIFIED KEEP_UNCHANGED REJECT_REQUEST UNESCAPE_AND_REDIRECT
      UNESCAPE_AND_FORWARD`,
    'ProxyConfig.ConnectionSettings.Profile': 'SIDECAR EDGE',
    'ProxyConfig.InboundInterceptionMode': 'REDIRECT TPROXY NONE',
    'ProxyConfig.ProxyHeaders.MetadataExchangeMode': 'UNDEFINED IN_MESH',
    'ProxyConfig.TracingServiceName': `
      APP_LABEL_AND_NAMESPACE CANONICAL_NAME_ONLY CANONICAL_NAME_AND_NAMESPACE`,
    'Tracing.OpenCensusAgent.TraceContext': `
      UNSPECIFIED W3C_TRACE_CONTEXT GRPC_BIN CLOUD_TRACE_CONTEXT B3`,
  },
};
