import type { StringMap } from '../message.ts';
import type { MeshConfig, ProxyConfig } from '../types.ts';
import { defaultProxyConfig } from './default-proxy-config.ts';
import { mergeLayer, mergeProxyConfig } from './merge-proxy-config.ts';
import { PairMemo } from './pair-memo.ts';
import { readProxyConfigAnnotation } from './proxy-config-annotation.ts';
import type { ProxyConfigResource, ProxyConfigResources } from './proxy-config-resources.ts';
import { namespaceResource, workloadResource } from './proxy-config-resources.ts';

/** Where the proxy config of a pod comes from. */
export interface ProxyConfigSources {
  readonly mesh: MeshConfig;
  /** Text of the pod's `proxy.istio.io/config`; undefined when it has none. */
  readonly annotation: string | undefined;
  readonly resources?: ProxyConfigResources | undefined;
  readonly namespace: string;
  readonly labels: StringMap;
}

/**
 * The proxy config that the webhook's templates see (`EffectiveProxyConfig` of
 * pilot/pkg/model/proxy_config.go). Never throws: an annotation that cannot be read is left out here
 * (validation refuses it). The same sources give the same object, so callers may cache by it.
 */
export function effectiveProxyConfig(sources: ProxyConfigSources): ProxyConfig {
  const { mesh, annotation, resources, namespace, labels } = sources;
  const root = mesh.rootNamespace ?? '';
  let config = layered(defaultProxyConfig(), mesh.defaultConfig);
  if (resources !== undefined) {
    if (root !== '') config = withResource(config, namespaceResource(resources, root));
    if (namespace !== root) config = withResource(config, namespaceResource(resources, namespace));
  }
  if (annotation !== undefined) {
    config = layered(config, readProxyConfigAnnotation(annotation).layer);
  }
  if (resources !== undefined) {
    config = withResource(config, workloadResource(resources, namespace, labels));
  }
  return config;
}

function withResource(base: ProxyConfig, resource: ProxyConfigResource | undefined): ProxyConfig {
  return layered(base, resource?.config);
}

const merged = new PairMemo(mergeLayer);

function layered(base: ProxyConfig, layer: ProxyConfig | undefined): ProxyConfig {
  return layer === undefined ? base : merged.get(base, layer);
}

/**
 * The mesh config that offline injection uses for one object: `defaultConfig` with the annotation merged
 * directly into it, so that explicit zeros count. Without annotation: `mesh` itself.
 * Throws OutriggerError `OUTRIGGER_MESH`.
 */
export function offlineMeshConfig(mesh: MeshConfig, annotation: string | undefined): MeshConfig {
  if (annotation === undefined) return mesh;
  return { ...mesh, defaultConfig: mergeProxyConfig(mesh.defaultConfig ?? {}, annotation) };
}
