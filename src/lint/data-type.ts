/** Exports: {@link dataType}. */
import type { GoType } from '../gotemplate/index.ts';
import { sidecarTemplateData } from '../inject/data/sidecar-template-data.ts';

/** The type of the root value of injection templates, a pointer to a struct. */
export function dataType(): GoType {
  return sidecarTemplateData({
    TypeMeta: { kind: '', apiVersion: '' },
    DeploymentMeta: { Name: '', Namespace: '' },
    ObjectMeta: {},
    Spec: {},
    ProxyConfig: null,
    MeshConfig: null,
    Values: null,
    Revision: '',
    NativeSidecars: false,
    ProxyImage: '',
    ProxyInitImage: '',
    ProxyUID: 0,
    ProxyGID: 0,
    InboundTrafficPolicyMode: '',
    CompliancePolicy: '',
  }).type;
}
