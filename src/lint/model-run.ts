/** What templates are tried with. Exports: {@link modelRuns}, {@link ModelRun}. */
import { annotations } from '../inject/annotations.ts';
import { defaultProxyId } from '../inject/data/openshift.ts';
import { ownerOf } from '../inject/data/owner.ts';
import type { TemplateDataParts } from '../inject/data/template-data.ts';
import { annotationsOf, labelsOf, type Pod } from '../inject/pod.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { decode } from '../merge/index.ts';
import {
  applyMeshConfig,
  effectiveProxyConfig,
  type ProxyConfig,
  parseValues,
} from '../mesh/index.ts';
import { structSchema } from '../schema/index.ts';
import { type ModelSettings, modelSettings } from './model-settings.ts';

/** A cluster with certain settings, where pods are injected. */
export interface ModelRun {
  /** For messages: `with …`; empty for the settings as they are. */
  readonly name: string;
  /** What templates are told about a pod, as the webhook would tell them. */
  partsOf(pod: JsonObject): TemplateDataParts;
  /** The proxy config of a pod without an annotation for it. */
  readonly trusted: ProxyConfig;
}

/**
 * Reads the settings once for all pods and templates.
 *
 * @param mesh YAML of the mesh configuration
 * @param everyBranch also with settings that are seldom used, so that each branch of a template is taken once
 */
export function modelRuns(
  values: JsonValue,
  mesh: string,
  everyBranch: boolean,
): readonly ModelRun[] {
  const base = applyMeshConfig(mesh);
  return modelSettings(values, everyBranch).map((settings) => modelRun(settings, base));
}

function modelRun(settings: ModelSettings, base: TemplateDataParts['mesh']): ModelRun {
  const { name, nativeSidecars, compliancePolicy } = settings;
  const mesh = applyMeshConfig(settings.mesh, base);
  const values = parseValues(JSON.stringify(settings.values));
  return {
    name,
    trusted: effectiveProxyConfig({ mesh, annotation: undefined, namespace: '', labels: {} }),
    partsOf(pod) {
      const view: Pod = decode(structSchema('Pod'), pod);
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
        values,
        revision: '',
        nativeSidecars,
        ids: { uid: defaultProxyId, gid: defaultProxyId },
        compliancePolicy,
      };
    },
  };
}
