import type { TypeTable } from './type-table.ts';

/** What mesh and proxy config reach in networking/v1alpha3, in the notation of {@link TypeTable}. */
export const networkingTypes: TypeTable = {
  package: 'istio.networking.v1alpha3',
  messages: {
    ClientTLSSettings: `
      mode TLSmode; clientCertificate string; privateKey string; caCertificates string;
      credentialName string; subjectAltNames []string; sni string; insecureSkipVerify ?bool;
      caCrl string`,
    ConnectionPoolSettings: 'tcp TCPSettings; http HTTPSettings',
    'ConnectionPoolSettings.HTTPSettings': `
      http1MaxPendingRequests int32; http2MaxRequests int32; maxRequestsPerConnection int32;
      maxRetries int32; idleTimeout Duration; h2UpgradePolicy H2UpgradePolicy;
      useClientProtocol bool; maxConcurrentStreams int32; http2KeepAlive ConnectionKeepalive`,
    'ConnectionPoolSettings.HTTPSettings.ConnectionKeepalive':
      'interval Duration; timeout Duration',
    'ConnectionPoolSettings.TCPSettings': `
      maxConnections int32; connectTimeout Duration; tcpKeepalive TcpKeepalive;
      maxConnectionDuration Duration; idleTimeout Duration`,
    'ConnectionPoolSettings.TCPSettings.TcpKeepalive': `
      probes uint32; time Duration; interval Duration`,
    ExecHealthCheckConfig: 'command []string',
    GrpcHealthCheckConfig: 'port uint32; service string',
    HTTPHeader: 'name string; value string',
    HTTPHealthCheckConfig: `
      path string; port uint32; host string; scheme string; httpHeaders []HTTPHeader`,
    HTTPRetry: `
      attempts int32; perTryTimeout Duration; retryOn string; retryRemoteLocalities ?bool;
      retryIgnorePreviousHosts ?bool; backoff Duration`,
    LocalityLoadBalancerSetting: `
      distribute []Distribute; failover []Failover; failoverPriority []string; enabled ?bool`,
    'LocalityLoadBalancerSetting.Distribute': 'from string; to {}uint32',
    'LocalityLoadBalancerSetting.Failover': 'from string; to string',
    OutlierDetection: `
      consecutiveErrors int32; splitExternalLocalOriginErrors bool;
      consecutiveLocalOriginFailures ?uint32; consecutiveGatewayErrors ?uint32;
      consecutive5xxErrors=consecutive_5xx_errors ?uint32; interval Duration;
      baseEjectionTime Duration; maxEjectionPercent int32; minHealthPercent int32;
      outlierDetectionHttpErrorCodes []uint32`,
    ReadinessProbe: `
      initialDelaySeconds int32; timeoutSeconds int32; periodSeconds int32; successThreshold int32;
      failureThreshold int32; health_check_method: httpGet HTTPHealthCheckConfig |
      tcpSocket TCPHealthCheckConfig | exec ExecHealthCheckConfig | grpc GrpcHealthCheckConfig`,
    TCPHealthCheckConfig: 'host string; port uint32',
    ZoneAwareLoadBalancerSetting: `
      enabled ?bool; failover []Failover; failoverPriority []string; minClusterSize ?uint32`,
    'ZoneAwareLoadBalancerSetting.Failover': 'from string; to string',
  },
  enums: {
    'ClientTLSSettings.TLSmode': 'DISABLE SIMPLE MUTUAL ISTIO_MUTUAL',
    'ConnectionPoolSettings.HTTPSettings.H2UpgradePolicy': 'DEFAULT DO_NOT_UPGRADE UPGRADE',
  },
};

/**
 * The ProxyConfig resource, networking/v1beta1/proxy_config.proto (its selector is declared elsewhere
 * upstream, in type/v1beta1).
 */
export const networkingBetaTypes: TypeTable = {
  package: 'istio.networking.v1beta1',
  messages: {
    ProxyImage: 'imageType string',
    ProxyConfig: `
      selector WorkloadSelector; concurrency ?int32; environmentVariables {}string;
      image ProxyImage`,
    WorkloadSelector: 'matchLabels {}string',
  },
  enums: {},
};
