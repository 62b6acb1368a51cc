/**
 * Mesh config, proxy config and values: read in the protobuf JSON dialect, defaulted, merged, validated,
 * written, and shown to templates as Go values.
 */
import type { GoPointer, GoType } from '../gotemplate/value/model.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Duration, StringMap } from './message.ts';
import type { MeshConfig, ProxyConfig } from './types.ts';

export type { Duration, Message, StringMap } from './message.ts';
export type { ExtensionProvider, MeshConfig, ProxyConfig } from './types.ts';
export {
  authenticationPolicy,
  inboundTrafficPolicyMode,
  interceptionMode,
  otelSemanticConventions,
} from './types.ts';

const notYet = (): never => {
  throw new Error('not yet');
};

/** The built-in proxy config (one shared, frozen object). */
export function defaultProxyConfig(): ProxyConfig {
  return notYet();
}

/** The built-in mesh config (one shared, frozen object). */
export function defaultMeshConfig(): MeshConfig {
  return notYet();
}

/**
 * Lays a mesh config text over `base` (default: the built-in mesh config) and validates the result.
 * Throws OutriggerError `OUTRIGGER_MESH`.
 */
export function applyMeshConfig(_text: string, _base?: MeshConfig): MeshConfig {
  return notYet();
}

/**
 * Lays a proxy config (YAML text, or what it parsed to) directly over `base`: explicit zeros count.
 * Throws OutriggerError `OUTRIGGER_MESH` `could not parse proxy config: …`.
 */
export function mergeProxyConfig(_base: ProxyConfig, _overlay: string | JsonValue): ProxyConfig {
  return notYet();
}

/** A `networking.istio.io` ProxyConfig resource, as far as injection reads it. */
export interface ProxyConfigResource {
  readonly name: string;
  readonly namespace: string;
  /** RFC 3339; orders the resources. */
  readonly creationTimestamp: string;
  /** Absent: the resource has no selector and holds for its whole namespace. */
  readonly matchLabels?: StringMap;
  /** What it sets: concurrency, proxyMetadata and image only. */
  readonly config: ProxyConfig;
}

/** ProxyConfig resources of a cluster, sorted and grouped for lookup. */
export interface ProxyConfigResources {
  readonly byNamespace: ReadonlyMap<string, readonly ProxyConfigResource[]>;
}

/** Reads a ProxyConfig resource as the API server gives it. Throws OutriggerError `OUTRIGGER_MESH`. */
export function readProxyConfigResource(_object: JsonObject): ProxyConfigResource {
  return notYet();
}

/** Makes the lookup of {@link effectiveProxyConfig} out of all resources of a cluster. */
export function indexProxyConfigResources(
  _resources: Iterable<ProxyConfigResource>,
): ProxyConfigResources {
  return notYet();
}

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
 * The proxy config that the webhook's templates see. Never throws: an annotation that cannot be read is
 * left out here (validation refuses it). The same sources give the same object.
 */
export function effectiveProxyConfig(_sources: ProxyConfigSources): ProxyConfig {
  return notYet();
}

/**
 * The mesh config that offline injection uses for one object: `defaultConfig` with the annotation merged
 * directly into it. Without annotation: `mesh` itself. Throws OutriggerError `OUTRIGGER_MESH`.
 */
export function offlineMeshConfig(_mesh: MeshConfig, _annotation: string | undefined): MeshConfig {
  return notYet();
}

/**
 * What is wrong with the text of a `proxy.istio.io/config` annotation, one failure an entry; empty when
 * nothing is. A text that does not parse gives one entry, `failed to convert to apply proxy config: …`.
 */
export function validateProxyConfigAnnotation(_text: string): readonly string[] {
  return notYet();
}

/** The values that code reads; absent means unset. */
export interface TypedValues {
  readonly hub: string;
  /** As it stands in the text: string, number, boolean, null, or undefined when absent. */
  readonly tag: JsonValue | undefined;
  readonly variant: string;
  readonly proxyImage: string;
  readonly proxyInitImage: string;
  readonly clusterName: string;
  readonly network: string;
  readonly holdApplicationUntilProxyStarts: boolean | undefined;
  readonly rewriteAppHttpProbe: boolean | undefined;
}

/** Values, read twice: typed for code, as a plain map for templates. */
export interface Values {
  readonly typed: TypedValues;
  /** `.Values` of the templates. */
  readonly map: JsonObject;
}

/**
 * Reads the values text (YAML or JSON). Throws OutriggerError `OUTRIGGER_VALUES`
 * `could not parse configuration values: …`, with the path of the member that is wrong.
 */
export function parseValues(_text: string): Values {
  return notYet();
}

/** `.ProxyConfig` of the templates: a `*v1alpha1.ProxyConfig`. Null gives a nil pointer. */
export function proxyConfigValue(_message: ProxyConfig | null): GoPointer {
  return notYet();
}

/** `.MeshConfig` of the templates: a `*v1alpha1.MeshConfig`. Null gives a nil pointer. */
export function meshConfigValue(_message: MeshConfig | null): GoPointer {
  return notYet();
}

/** The type `*v1alpha1.MeshConfig`, for signatures of template functions. */
export const meshConfigPointerType: GoType = { kind: 'pointer', name: '*v1alpha1.MeshConfig' };

/** The type `*v1alpha1.ProxyConfig`. */
export const proxyConfigPointerType: GoType = { kind: 'pointer', name: '*v1alpha1.ProxyConfig' };

/** The type `*durationpb.Duration`, for the signature of `formatDuration`; its struct's source is a {@link Duration}. */
export const durationPointerType: GoType = { kind: 'pointer', name: '*durationpb.Duration' };

/** A duration as Go's time package prints it: `1m30s`, `1.5s`, `0s`. */
export function formatGoDuration(_duration: Duration): string {
  return notYet();
}

/** JSON text of a proxy config without the members that equal the built-in defaults. */
export function encodeProxyConfigWithoutDefaults(_message: ProxyConfig): string {
  return notYet();
}

/**
 * Template function `protoToJSON` on a pointer to any message (see `protoMessage` in its type): a proxy
 * config without defaults, other messages whole, `{}` for nil.
 */
export function protoToJson(_message: GoPointer): string {
  return notYet();
}
