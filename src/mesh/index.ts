/**
 * Mesh config, proxy config and values: read in the protobuf JSON dialect, defaulted, merged, validated,
 * written, and shown to templates as Go values.
 */
import type { GoPointer, GoType } from '../gotemplate/value/model.ts';
import { pointerTo } from '../gotemplate/value/model.ts';
import { readProxyConfigAnnotation } from './config/proxy-config-annotation.ts';
import { meshConfigMessage, proxyConfigMessage } from './descriptor/well-known-messages.ts';
import type { MeshConfig, ProxyConfig } from './types.ts';
import { durationType } from './view/duration-view.ts';
import { messageType, pointerViews } from './view/message-view.ts';

export { applyMeshConfig } from './config/apply-mesh-config.ts';
export { defaultMeshConfig } from './config/default-mesh-config.ts';
export { defaultProxyConfig } from './config/default-proxy-config.ts';
export type { ProxyConfigSources } from './config/effective-proxy-config.ts';
export { effectiveProxyConfig, offlineMeshConfig } from './config/effective-proxy-config.ts';
export { encodeProxyConfigWithoutDefaults } from './config/encode-proxy-config.ts';
export { mergeProxyConfig } from './config/merge-proxy-config.ts';
export type { ProxyConfigResource, ProxyConfigResources } from './config/proxy-config-resources.ts';
export {
  indexProxyConfigResources,
  readProxyConfigResource,
} from './config/proxy-config-resources.ts';
export { formatGoDuration } from './json/go-duration.ts';
export type { Duration, Message, StringMap } from './message.ts';
export type { ExtensionProvider, MeshConfig, ProxyConfig } from './types.ts';
export {
  inboundTrafficPolicyMode,
  interceptionMode,
} from './types.ts';
export { multiErrorText } from './validate/multi-error.ts';
export type { TypedValues, Values } from './values/parse-values.ts';
export { parseValues } from './values/parse-values.ts';
export { protoToJson } from './view/proto-to-json.ts';

/**
 * What is wrong with the text of a `proxy.istio.io/config` annotation, one failure an entry; empty when
 * nothing is. A text that does not parse gives one entry, `failed to convert to apply proxy config: …`.
 */
export function validateProxyConfigAnnotation(text: string): readonly string[] {
  const { failure, problems } = readProxyConfigAnnotation(text);
  return failure === undefined
    ? problems
    : [`failed to convert to apply proxy config: ${failure.message}`];
}

/** `.ProxyConfig` of the templates: a `*v1alpha1.ProxyConfig`. Null gives a nil pointer. */
export const proxyConfigValue: (message: ProxyConfig | null) => GoPointer =
  pointerViews(proxyConfigMessage);

/** `.MeshConfig` of the templates: a `*v1alpha1.MeshConfig`. Null gives a nil pointer. */
export const meshConfigValue: (message: MeshConfig | null) => GoPointer =
  pointerViews(meshConfigMessage);

/** The type `*v1alpha1.ProxyConfig`. */
export const proxyConfigPointerType: GoType = pointerTo(messageType(proxyConfigMessage));

/** The type `*v1alpha1.MeshConfig`, for signatures of template functions. */
export const meshConfigPointerType: GoType = pointerTo(messageType(meshConfigMessage));

/**
 * The type `*durationpb.Duration`, for the signature of `formatDuration`; the struct that it points to is
 * backed by a {@link Duration}.
 */
export const durationPointerType: GoType = pointerTo(durationType);
