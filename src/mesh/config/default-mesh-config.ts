import type { MeshConfig } from '../types.ts';
import { defaultProxyConfig } from './default-proxy-config.ts';

const strictIngress = 3;
const allowAny = 1;
const everywhere: readonly string[] = Object.freeze(['*']);

/** `DefaultMeshConfig` of pkg/config/mesh/mesh.go. Zero values are absent, see message.ts. */
const defaults: MeshConfig = Object.freeze({
  proxyListenPort: 15001,
  proxyInboundListenPort: 15006,
  connectTimeout: Object.freeze({ seconds: 10, nanos: 0 }),
  protocolDetectionTimeout: Object.freeze({ seconds: 0, nanos: 0 }),
  ingressClass: 'istio',
  ingressService: 'istio-ingressgateway',
  ingressControllerMode: strictIngress,
  enableTracing: true,
  defaultConfig: defaultProxyConfig(),
  outboundTrafficPolicy: Object.freeze({ mode: allowAny }),
  inboundTrafficPolicy: Object.freeze({}),
  enableAutoMtls: true,
  trustDomain: 'cluster.local',
  defaultServiceExportTo: everywhere,
  defaultVirtualServiceExportTo: everywhere,
  defaultDestinationRuleExportTo: everywhere,
  rootNamespace: 'istio-system',
  localityLbSetting: Object.freeze({ enabled: true }),
  dnsRefreshRate: Object.freeze({ seconds: 60, nanos: 0 }),
  enablePrometheusMerge: true,
  extensionProviders: Object.freeze([
    Object.freeze({ name: 'prometheus', prometheus: Object.freeze({}) }),
    Object.freeze({ name: 'stackdriver', stackdriver: Object.freeze({}) }),
    Object.freeze({ name: 'envoy', envoyFileAccessLog: Object.freeze({ path: '/dev/stdout' }) }),
  ]),
  defaultProviders: Object.freeze({}),
});

/** The built-in mesh config (one shared, frozen object). */
export function defaultMeshConfig(): MeshConfig {
  return defaults;
}
