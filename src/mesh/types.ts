import type { Duration, Message, StringMap } from './message.ts';

/**
 * Numbers of `istio.mesh.v1alpha1.ProxyConfig.InboundInterceptionMode`. An absent `interceptionMode` is
 * REDIRECT.
 */
export const interceptionMode = { REDIRECT: 0, TPROXY: 1, NONE: 2 } as const;

/** Numbers of `istio.mesh.v1alpha1.AuthenticationPolicy`. */
export const authenticationPolicy = { NONE: 0, MUTUAL_TLS: 1, INHERIT: 1000 } as const;

/** Numbers of `istio.mesh.v1alpha1.MeshConfig.InboundTrafficPolicy.Mode`. */
export const inboundTrafficPolicyMode = { PASSTHROUGH: 0, LOCALHOST: 1 } as const;

/**
 * `istio.mesh.v1alpha1.ProxyConfig`. The members that code reads are typed; all others are there as
 * {@link Message} describes. An absent scalar is its zero value.
 */
export interface ProxyConfig extends Message {
  readonly configPath?: string;
  readonly binaryPath?: string;
  readonly serviceCluster?: string;
  readonly tracingServiceName?: number;
  readonly drainDuration?: Duration;
  readonly discoveryAddress?: string;
  readonly statsdUdpAddress?: string;
  readonly envoyMetricsServiceAddress?: string;
  readonly proxyAdminPort?: number;
  readonly controlPlaneAuthPolicy?: number;
  readonly statNameLength?: number;
  readonly concurrency?: number;
  /** One of {@link interceptionMode}. */
  readonly interceptionMode?: number;
  readonly tracing?: Message;
  readonly envoyAccessLogService?: Message;
  readonly envoyMetricsService?: Message;
  readonly proxyMetadata?: StringMap;
  readonly statusPort?: number;
  readonly terminationDrainDuration?: Duration;
  readonly holdApplicationUntilProxyStarts?: boolean;
  readonly image?: { readonly imageType?: string };
  readonly proxyHeaders?: Message;
  readonly privateKeyProvider?: Message;
  readonly connectionSettings?: Message;
}

/** An entry of `meshConfig.extensionProviders`, as far as code reads it. */
export interface ExtensionProvider extends Message {
  readonly name?: string;
  readonly opentelemetry?: { readonly serviceAttributeEnrichment?: number };
}

/** `istio.mesh.v1alpha1.MeshConfig`, in the manner of {@link ProxyConfig}. */
export interface MeshConfig extends Message {
  readonly proxyListenPort?: number;
  readonly proxyInboundListenPort?: number;
  readonly connectTimeout?: Duration;
  readonly protocolDetectionTimeout?: Duration;
  readonly defaultConfig?: ProxyConfig;
  readonly defaultProviders?: Message;
  readonly enablePrometheusMerge?: boolean;
  readonly extensionProviders?: readonly ExtensionProvider[];
  /** `mode` is one of {@link inboundTrafficPolicyMode}. */
  readonly inboundTrafficPolicy?: { readonly mode?: number };
  readonly rootNamespace?: string;
  readonly trustDomain?: string;
  readonly trustDomainAliases?: readonly string[];
}
