import { messageDescriptor } from './registry.ts';

export const proxyConfigMessage = messageDescriptor('istio.mesh.v1alpha1.ProxyConfig');
export const meshConfigMessage = messageDescriptor('istio.mesh.v1alpha1.MeshConfig');
export const defaultProvidersMessage = messageDescriptor(
  'istio.mesh.v1alpha1.MeshConfig.DefaultProviders',
);
export const proxyConfigResourceMessage = messageDescriptor('istio.networking.v1beta1.ProxyConfig');
export const valuesMessage = messageDescriptor('istio.operator.v1alpha1.Values');
