/** What templates are told about a pod. Exports: {@link templateData}, {@link TemplateDataParts}. */
import type { GoPointer } from '../../gotemplate/value/model.ts';
import {
  inboundTrafficPolicyMode,
  type MeshConfig,
  type ProxyConfig,
  type Values,
} from '../../mesh/index.ts';
import { annotationsOf, type Pod } from '../pod.ts';
import type { OwnerMeta } from '../types.ts';
import { proxyImages } from './image-names.ts';
import type { ProxyIds } from './openshift.ts';
import { sidecarTemplateData } from './sidecar-template-data.ts';

/** Everything that goes into the root value; all of it is only read. */
export interface TemplateDataParts {
  readonly owner: OwnerMeta;
  /** The pod without what an earlier injection added, in normal form. */
  readonly view: Pod;
  readonly proxyConfig: ProxyConfig;
  readonly mesh: MeshConfig;
  readonly values: Values;
  readonly revision: string;
  /** The decision for the cluster; the pod's own annotation is the template's business. */
  readonly nativeSidecars: boolean;
  readonly ids: ProxyIds;
  readonly compliancePolicy: string;
}

/** The root value that all templates of a pod are run with. */
export function templateData(parts: TemplateDataParts): GoPointer {
  const { owner, view, proxyConfig, mesh, values, ids } = parts;
  const images = proxyImages(values.typed, proxyConfig, annotationsOf(view));
  const localhost = mesh.inboundTrafficPolicy?.mode === inboundTrafficPolicyMode.LOCALHOST;
  return sidecarTemplateData({
    TypeMeta: owner,
    DeploymentMeta: { Namespace: owner.namespace, Name: owner.name },
    ObjectMeta: view.metadata ?? {},
    Spec: view.spec ?? {},
    ProxyConfig: proxyConfig,
    MeshConfig: mesh,
    Values: values.map,
    Revision: parts.revision,
    NativeSidecars: parts.nativeSidecars,
    ProxyImage: images.proxy,
    ProxyInitImage: images.init,
    ProxyUID: ids.uid,
    ProxyGID: ids.gid,
    InboundTrafficPolicyMode: localhost ? 'localhost' : 'passthrough',
    CompliancePolicy: parts.compliancePolicy,
  });
}
