/** Settings that templates are tried with. Exports: {@link modelSettings}, {@link ModelSettings}. */
import { isJsonObject, type JsonValue } from '../json.ts';
import { mergeValues } from '../settings/merge-values.ts';

/** Values, mesh configuration and what else makes a difference. */
export interface ModelSettings {
  /** For messages: `with …`; empty for the settings as they are. */
  readonly name: string;
  readonly values: JsonValue;
  /** YAML to lay over the mesh configuration. */
  readonly mesh: string;
  readonly nativeSidecars: boolean;
  readonly compliancePolicy: string;
}

/** What is seldom set: each branch of a template is to be taken once. */
const everything: JsonValue = {
  revision: 'canary',
  global: {
    imagePullPolicy: 'Always',
    imagePullSecrets: ['regcred'],
    caAddress: 'ca.example:443',
    caName: 'GkeWorkloadCertificate',
    meshID: 'mesh1',
    network: 'network1',
    multiCluster: { clusterName: 'cluster1' },
    mountMtlsCerts: true,
    logAsJson: true,
    nativeNftables: true,
    sts: { servicePort: 15463 },
    proxy: {
      outlierLogPath: '/dev/stdout',
      privileged: true,
      seccompProfile: { type: 'RuntimeDefault' },
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      tracer: 'datadog',
      holdApplicationUntilProxyStarts: true,
      includeOutboundPorts: '443',
      excludeOutboundPorts: '3306',
    },
    proxy_init: { forceApplyIptables: true },
  },
  pilot: { crlConfigMapName: 'crl', env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
  gateways: { securityContext: { fsGroup: 1337 } },
};

const cni: JsonValue = {
  global: { proxy: { tracer: 'lightstep' } },
  pilot: { cni: { enabled: true, provider: 'multus' } },
};

const everyMesh = `
inboundTrafficPolicy: {mode: LOCALHOST}
extensionProviders:
- name: otel
  opentelemetry:
    service: otel.example
    port: 4317
    serviceAttributeEnrichment: OTEL_SEMANTIC_CONVENTIONS
defaultConfig:
  holdApplicationUntilProxyStarts: true
  proxyMetadata: {IPTABLES_TRACE_LOGGING: "true"}
`;

const tracingMesh = `
defaultConfig:
  tracing:
    lightstep: {address: "lightstep.example:443", accessToken: token}
    tlsSettings: {mode: SIMPLE, caCertificates: /etc/lightstep/cacert.pem}
`;

/**
 * The given settings as they are, with native sidecars and without; and, where a template is looked at by itself,
 * with what is seldom used.
 */
export function modelSettings(values: JsonValue, everyBranch: boolean): readonly ModelSettings[] {
  const plain = { values, mesh: '', compliancePolicy: '' };
  const given = [
    { ...plain, name: '', nativeSidecars: true },
    { ...plain, name: 'with classic sidecars', nativeSidecars: false },
  ];
  if (!everyBranch) return given;
  const over = (more: JsonValue) => (isJsonObject(values) ? mergeValues(values, more) : more);
  return [
    ...given,
    {
      name: 'with everything that values can turn on',
      values: over(everything),
      mesh: everyMesh,
      nativeSidecars: false,
      compliancePolicy: 'fips-140-3',
    },
    {
      name: 'with the CNI plugin',
      values: over(cni),
      mesh: tracingMesh,
      nativeSidecars: true,
      compliancePolicy: '',
    },
  ];
}
