import type { TypeTable } from './type-table.ts';

/** The extension providers of mesh/v1alpha1/config.proto, in the notation of {@link TypeTable}. */
export const extensionProviderTypes: TypeTable = {
  package: 'istio.mesh.v1alpha1.MeshConfig',
  messages: {
    ExtensionProvider: `
      name string; provider: envoyExtAuthzHttp EnvoyExternalAuthorizationHttpProvider |
      envoyExtAuthzGrpc EnvoyExternalAuthorizationGrpcProvider | zipkin ZipkinTracingProvider |
      lightstep LightstepTracingProvider | datadog DatadogTracingProvider |
      stackdriver StackdriverProvider | opencensus OpenCensusAgentTracingProvider |
      skywalking SkyWalkingTracingProvider | opentelemetry OpenTelemetryTracingProvider |
      prometheus PrometheusMetricsProvider | envoyFileAccessLog EnvoyFileAccessLogProvider |
      envoyHttpAls EnvoyHttpGrpcV3LogProvider | envoyTcpAls EnvoyTcpGrpcV3LogProvider |
      envoyOtelAls EnvoyOpenTelemetryLogProvider | sds SDSProvider`,
    'ExtensionProvider.DatadogTracingProvider': `
      service string; port uint32; maxTagLength uint32`,
    'ExtensionProvider.EnvoyExternalAuthorizationGrpcProvider': `
      service string; port uint32; timeout Duration; failOpen bool; clearRouteCache bool;
      statusOnError string; includeRequestBodyInCheck EnvoyExternalAuthorizationRequestBody`,
    'ExtensionProvider.EnvoyExternalAuthorizationHttpProvider': `
      service string; port uint32; timeout Duration; pathPrefix string; failOpen bool;
      clearRouteCache bool; statusOnError string; includeHeadersInCheck []string;
      includeRequestHeadersInCheck []string; includeAdditionalHeadersInCheck {}string;
      includeRequestBodyInCheck EnvoyExternalAuthorizationRequestBody;
      headersToUpstreamOnAllow []string; headersToDownstreamOnDeny []string;
      headersToDownstreamOnAllow []string`,
    'ExtensionProvider.EnvoyExternalAuthorizationRequestBody': `
      maxRequestBytes uint32; allowPartialMessage bool; packAsBytes bool`,
    'ExtensionProvider.EnvoyFileAccessLogProvider': `
      path string; logFormat LogFormat; omitEmptyValues bool`,
    'ExtensionProvider.EnvoyFileAccessLogProvider.LogFormat': `
      log_format: text string | labels Struct`,
    'ExtensionProvider.EnvoyHttpGrpcV3LogProvider': `
      service string; port uint32; logName string; filterStateObjectsToLog []string;
      additionalRequestHeadersToLog []string; additionalResponseHeadersToLog []string;
      additionalResponseTrailersToLog []string`,
    'ExtensionProvider.EnvoyOpenTelemetryLogProvider': `
      service string; port uint32; logName string; logFormat LogFormat`,
    'ExtensionProvider.EnvoyOpenTelemetryLogProvider.LogFormat': `
      text string; labels Struct`,
    'ExtensionProvider.EnvoyTcpGrpcV3LogProvider': `
      service string; port uint32; logName string; filterStateObjectsToLog []string`,
    'ExtensionProvider.GrpcService': 'timeout Duration; initialMetadata []HttpHeader',
    'ExtensionProvider.HttpHeader': `
      name string; header_value: value string | envName string`,
    'ExtensionProvider.HttpService': 'path string; timeout Duration; headers []HttpHeader',
    'ExtensionProvider.LightstepTracingProvider': `
      service string; port uint32; accessToken string; maxTagLength uint32`,
    'ExtensionProvider.OpenCensusAgentTracingProvider': `
      service string; port uint32; context []TraceContext; maxTagLength uint32`,
    'ExtensionProvider.OpenTelemetryTracingProvider': `
      service string; port uint32; maxTagLength uint32; http HttpService; grpc GrpcService;
      resourceDetectors ResourceDetectors; serviceAttributeEnrichment ServiceAttributeEnrichment;
      sampling: dynatraceSampler DynatraceSampler`,
    'ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler': `
      tenant string; clusterId int32; rootSpansPerMinute uint32; httpService DynatraceApi`,
    'ExtensionProvider.OpenTelemetryTracingProvider.DynatraceSampler.DynatraceApi': `
      service string; port uint32; http HttpService`,
    'ExtensionProvider.PrometheusMetricsProvider': '',
    'ExtensionProvider.ResourceDetectors': `
      environment EnvironmentResourceDetector; dynatrace DynatraceResourceDetector`,
    'ExtensionProvider.ResourceDetectors.DynatraceResourceDetector': '',
    'ExtensionProvider.ResourceDetectors.EnvironmentResourceDetector': '',
    'ExtensionProvider.SDSProvider': 'name string; service string; port uint32',
    'ExtensionProvider.SkyWalkingTracingProvider': `
      service string; port uint32; accessToken string`,
    'ExtensionProvider.StackdriverProvider': `
      debug bool; maxNumberOfAttributes ?int64; maxNumberOfAnnotations ?int64;
      maxNumberOfMessageEvents ?int64; maxTagLength uint32; logging Logging`,
    'ExtensionProvider.StackdriverProvider.Logging': 'labels {}string',
    'ExtensionProvider.ZipkinTracingProvider': `
      service string; port uint32; maxTagLength uint32;
      enable64bitTraceId=enable_64bit_trace_id bool; path string;
      traceContextOption TraceContextOption; timeout Duration; headers []HttpHeader`,
  },
  enums: {
    'ExtensionProvider.OpenCensusAgentTracingProvider.TraceContext': `
      UNSPECIFIED W3C_TRACE_CONTEXT GRPC_BIN CLOUD_TRACE_CONTEXT B3`,
    'ExtensionProvider.ServiceAttributeEnrichment': `
      ISTIO_CANONICAL OTEL_SEMANTIC_CONVENTIONS`,
    'ExtensionProvider.ZipkinTracingProvider.TraceContextOption': `
      USE_B3 USE_B3_WITH_W3C_PROPAGATION`,
  },
};
