/**
 * The root value of a template, `*inject.SidecarTemplateData` (`pkg/kube/inject/inject.go`). Exports:
 * {@link sidecarTemplateData}, {@link TemplateFields}.
 */
import {
  anyMapType,
  boolType,
  type GoField,
  type GoMethod,
  GoPointer,
  type GoSource,
  GoStruct,
  type GoType,
  int64Type,
  pointerTo,
  stringType,
} from '../../gotemplate/value/model.ts';
import type { JsonObject } from '../../json.ts';
import {
  type MeshConfig,
  meshConfigPointerType,
  type ProxyConfig,
  proxyConfigPointerType,
} from '../../mesh/index.ts';
import { goType } from '../../schema/index.ts';
import { ownString } from '../pod-metadata.ts';

/** The fields of the root by their Go names, as raw values of their types. */
export type TemplateFields = {
  /** `kind` and `apiVersion` of the owner. */
  readonly TypeMeta: { readonly kind: string; readonly apiVersion: string };
  readonly DeploymentMeta: { readonly Namespace: string; readonly Name: string };
  /** `metadata` of a pod in normal form. */
  readonly ObjectMeta: JsonObject;
  /** `spec` of a pod in normal form. */
  readonly Spec: JsonObject;
  readonly ProxyConfig: ProxyConfig | null;
  readonly MeshConfig: MeshConfig | null;
  readonly Values: JsonObject | null;
  readonly Revision: string;
  readonly NativeSidecars: boolean;
  readonly ProxyImage: string;
  readonly ProxyInitImage: string;
  readonly ProxyUID: number;
  readonly ProxyGID: number;
  readonly InboundTrafficPolicyMode: string;
  readonly CompliancePolicy: string;
};

/**
 * The root value. Nothing is copied or converted: the template reads the raw values through their types,
 * field by field, when it asks for them.
 */
export function sidecarTemplateData(fields: TemplateFields): GoPointer {
  type ??= pointerTo(rootType());
  const { elem } = type;
  return new GoPointer(type, elem === undefined ? null : new GoStruct(elem, fields, true));
}

/** Made when first used: the type table is large and the command line often does without it. */
let type: GoType | undefined;

function rootType(): GoType {
  return struct('inject.SidecarTemplateData', {
    TypeMeta: goType('v1.TypeMeta'),
    DeploymentMeta: namespacedName(),
    ObjectMeta: goType('v1.ObjectMeta'),
    Spec: goType('v1.PodSpec'),
    ProxyConfig: proxyConfigPointerType,
    MeshConfig: meshConfigPointerType,
    Values: anyMapType,
    Revision: stringType,
    NativeSidecars: boolType,
    ProxyImage: stringType,
    ProxyInitImage: stringType,
    ProxyUID: int64Type,
    ProxyGID: int64Type,
    InboundTrafficPolicyMode: stringType,
    CompliancePolicy: stringType,
  } satisfies { readonly [field in keyof TemplateFields]: GoType });
}

/** `k8s.io/apimachinery/pkg/types.NamespacedName` prints as `namespace/name`. */
function namespacedName(): GoType {
  const format = (source: GoSource): string =>
    `${ownString(source, 'Namespace') ?? ''}/${ownString(source, 'Name') ?? ''}`;
  const string: GoMethod = {
    name: 'String',
    in: [],
    pointerOnly: false,
    call: (receiver) => (receiver instanceof GoStruct ? format(receiver.source) : ''),
  };
  return {
    ...struct('types.NamespacedName', { Namespace: stringType, Name: stringType }),
    methods: new Map([[string.name, string]]),
    format: (source) => format(source as GoSource),
  };
}

/** A struct without JSON tags: its fields have the same name in Go, in JSON and in the source. */
function struct(name: string, fields: { readonly [goName: string]: GoType }): GoType {
  const entries = Object.entries(fields).map(([goName, fieldType]): [string, GoField] => [
    goName,
    { goName, type: fieldType, jsonName: goName, omitEmpty: false, embedded: false },
  ]);
  return { kind: 'struct', name, fields: new Map(entries) };
}
