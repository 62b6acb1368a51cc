import type { GoPointer } from '../../src/gotemplate/value/model.ts';
import {
  sidecarTemplateData,
  type TemplateFields,
} from '../../src/inject/data/sidecar-template-data.ts';
import type { JsonObject } from '../../src/json.ts';
import { decode } from '../../src/merge/index.ts';
import {
  meshConfigMessage,
  proxyConfigMessage,
} from '../../src/mesh/descriptor/well-known-messages.ts';
import type { MeshConfig, ProxyConfig } from '../../src/mesh/index.ts';
import { readMessage } from '../../src/mesh/json/read-message.ts';
import { structSchema } from '../../src/schema/index.ts';

/** A template's root value as the template vectors describe it; absent members are Go's zero values. */
export interface SidecarDescription {
  typeMeta?: { apiVersion?: string; kind?: string };
  deploymentMeta?: { name?: string; namespace?: string };
  objectMeta?: JsonObject;
  spec?: JsonObject;
  /** Protobuf JSON; absent means a nil pointer. */
  proxyConfig?: JsonObject;
  meshConfig?: JsonObject;
  values?: JsonObject;
  revision?: string;
  nativeSidecars?: boolean;
  proxyImage?: string;
  proxyInitImage?: string;
  proxyUID?: number;
  proxyGID?: number;
  inboundTrafficPolicyMode?: string;
  compliancePolicy?: string;
}

/** Makes the root value that a vector describes. */
export function templateDataFromJson(sidecar: SidecarDescription): GoPointer {
  const { typeMeta, deploymentMeta, proxyConfig, meshConfig } = sidecar;
  const fields: TemplateFields = {
    TypeMeta: { apiVersion: typeMeta?.apiVersion ?? '', kind: typeMeta?.kind ?? '' },
    DeploymentMeta: {
      Namespace: deploymentMeta?.namespace ?? '',
      Name: deploymentMeta?.name ?? '',
    },
    ObjectMeta: decode(structSchema('ObjectMeta'), sidecar.objectMeta ?? {}),
    Spec: decode(structSchema('PodSpec'), sidecar.spec ?? {}),
    ProxyConfig:
      proxyConfig === undefined
        ? null
        : readMessage<ProxyConfig>(proxyConfigMessage, proxyConfig, {}),
    MeshConfig:
      meshConfig === undefined ? null : readMessage<MeshConfig>(meshConfigMessage, meshConfig, {}),
    Values: sidecar.values ?? null,
    Revision: sidecar.revision ?? '',
    NativeSidecars: sidecar.nativeSidecars ?? false,
    ProxyImage: sidecar.proxyImage ?? '',
    ProxyInitImage: sidecar.proxyInitImage ?? '',
    ProxyUID: sidecar.proxyUID ?? 0,
    ProxyGID: sidecar.proxyGID ?? 0,
    InboundTrafficPolicyMode: sidecar.inboundTrafficPolicyMode ?? '',
    CompliancePolicy: sidecar.compliancePolicy ?? '',
  };
  return sidecarTemplateData(fields);
}
