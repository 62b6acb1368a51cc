import type { ProxyConfig } from '../types.ts';
import { authenticationPolicy } from '../types.ts';

/** `DefaultProxyConfig` of pkg/config/mesh/mesh.go. */
const defaults: ProxyConfig = Object.freeze({
  configPath: './etc/istio/proxy',
  binaryPath: '/usr/local/bin/envoy',
  serviceCluster: 'istio-proxy',
  drainDuration: Object.freeze({ seconds: 45, nanos: 0 }),
  discoveryAddress: 'istiod.istio-system.svc:15012',
  proxyAdminPort: 15000,
  controlPlaneAuthPolicy: authenticationPolicy.MUTUAL_TLS,
  statNameLength: 189,
  statusPort: 15020,
  terminationDrainDuration: Object.freeze({ seconds: 5, nanos: 0 }),
});

/** The built-in proxy config (one shared, frozen object). */
export function defaultProxyConfig(): ProxyConfig {
  return defaults;
}
