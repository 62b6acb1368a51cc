/** Exports: {@link modelParts}. */

import { annotations } from '../inject/annotations.ts';
import { defaultProxyId } from '../inject/data/openshift.ts';
import { ownerOf } from '../inject/data/owner.ts';
import type { TemplateDataParts } from '../inject/data/template-data.ts';
import { annotationsOf, labelsOf, type Pod } from '../inject/pod.ts';
import type { JsonObject } from '../json.ts';
import { decode } from '../merge/index.ts';
import { applyMeshConfig, effectiveProxyConfig, parseValues } from '../mesh/index.ts';
import { structSchema } from '../schema/index.ts';
import type { ModelSettings } from './model-settings.ts';

/** What templates are told about a model pod, as the webhook would tell them. */
export function modelParts(
  pod: JsonObject,
  { values, mesh: meshText, nativeSidecars, compliancePolicy }: ModelSettings,
  baseMesh: string,
): TemplateDataParts {
  const view: Pod = decode(structSchema('Pod'), pod);
  const mesh = applyMeshConfig(meshText, applyMeshConfig(baseMesh));
  const namespace = view.metadata?.namespace ?? '';
  return {
    owner: ownerOf(view, namespace),
    view,
    proxyConfig: effectiveProxyConfig({
      mesh,
      annotation: annotationsOf(view)[annotations.proxyConfig],
      namespace,
      labels: labelsOf(view),
    }),
    mesh,
    values: parseValues(JSON.stringify(values)),
    revision: '',
    nativeSidecars,
    ids: { uid: defaultProxyId, gid: defaultProxyId },
    compliancePolicy,
  };
}
