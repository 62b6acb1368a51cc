/**
 * The pipeline from a pod that is to be injected to the injected pod (`pkg/kube/inject/webhook.go`,
 * injectPod). Exports: {@link injectPod}, {@link InjectedPod}, {@link InjectorMode}.
 */
import {
  effectiveProxyConfig,
  type MeshConfig,
  offlineMeshConfig,
  type ProxyConfig,
} from '../mesh/index.ts';
import { annotations as names } from './annotations.ts';
import type { InjectionConfiguration } from './config/injection-configuration.ts';
import { readOverrides } from './container-overrides.ts';
import { clusterEnv } from './data/cluster-env.ts';
import { openshift, proxyIds, resetCopiedUser } from './data/openshift.ts';
import { ownerOf } from './data/owner.ts';
import type { InjectionFacts } from './hints/hint.ts';
import { injectedNames, noNames, readInjectionStatus } from './injection-status.ts';
import { applyTemplates, type Overlaid } from './overlay/apply-templates.ts';
import { adjustInitUser } from './overlay/init-user.ts';
import { wantsNative } from './overlay/move-sidecar.ts';
import { reapplyContainers } from './overlay/reapply-containers.ts';
import { templateView } from './overlay/template-view.ts';
import { annotationsOf, labelsOf, type Pod } from './pod.ts';
import { postprocess } from './postprocess/postprocess.ts';
import { inStage, Refusal } from './refusal.ts';
import type { OverlayReader } from './render/overlay-reader.ts';
import { selectTemplates } from './render/select-templates.ts';
import { templateRenderer } from './render/template-renderer.ts';
import { makesTokenVolume, watchVolumes } from './token-volume.ts';
import type { AnswerWatch, InjectRequest, Notice } from './types.ts';
import { validateAnnotations } from './validate/validate-annotations.ts';

/**
 * Where the pods come from. Offline, they are templates in files: without a namespace filled in, with
 * scalars of any type where Kubernetes wants text, and with a mesh config that their own annotation changes
 * as a whole (`pkg/kube/inject/inject.go`, IntoObject).
 */
export type InjectorMode = 'webhook' | 'offline';

/** A pod before and after, both in normal form. */
export interface InjectedPod {
  /** What the patch is relative to. */
  readonly base: Pod;
  readonly pod: Pod;
  /** What the templates made of an empty pod: all that they contribute. */
  readonly templatePod: Pod;
  /** Names of the templates that were applied. */
  readonly templates: readonly string[];
  /** For hints about likely mistakes. */
  readonly facts: InjectionFacts;
  /** What the steps noticed. */
  readonly notices: readonly Notice[];
}

/** Injects a pod in normal form. What it throws is for `failureOf`. */
export function injectPod(
  read: Pod,
  request: InjectRequest,
  configuration: InjectionConfiguration,
  mode: InjectorMode,
  readOverlay: OverlayReader,
): InjectedPod {
  const notices: Notice[] = [];
  const notice = (one: Notice): void => {
    notices.push(one);
  };
  const { config, values, revision } = configuration;
  const { watch } = request;
  const platform = mode === 'offline' ? '' : configuration.platform;
  const original = platform === openshift ? resetCopiedUser(read) : read;
  const annotations = annotationsOf(original);
  const namespace = original.metadata?.namespace ?? '';
  const owner = request.owner ?? ownerOf(original, namespace);
  const { env: proxyEnv, cluster } = clusterEnv(request.env, labelsOf(original), values.typed);
  const native = nativeSidecars(original, cluster, configuration, watch);
  const status = annotations[names.status];

  const { mesh, proxyConfig, overrides, templatePod, merged, templates } = inStage(
    'template',
    () => {
      refuseInvalidAnnotations(original);
      const mesh = meshConfigFor(original, configuration, mode);
      const proxyConfig = proxyConfigFor(
        original,
        mesh,
        configuration,
        mode,
        annotations[names.proxyConfig],
      );
      const overrides = readOverrides(annotations[names.overrides]);
      const view = templateView(original, overrides, mesh.defaultConfig?.statusPort ?? 0);
      const parts = {
        owner,
        view: watch === undefined ? view : watchVolumes(view, () => watch.tokenVolumeMattered()),
        proxyConfig,
        mesh,
        values,
        revision,
        nativeSidecars: native,
        ids: proxyIds(platform, request.namespaceMeta),
        compliancePolicy: configuration.compliancePolicy,
      };
      const overlaid = applyTemplates(selectTemplates(original, config), {
        original,
        native,
        injected: (status === undefined ? undefined : readInjectionStatus(status)) ?? noNames,
        render: templateRenderer(parts, {
          configuration,
          proxyConfigOfMesh: () =>
            proxyConfigFor(original, configuration.mesh, configuration, mode, undefined),
          read: readOverlay,
        }),
      });
      if (watch !== undefined) watchTemplates(overlaid, configuration, watch);
      return { mesh, proxyConfig, overrides, ...overlaid };
    },
  );
  const reapplied = inStage('reapply', () => {
    const injected = status === undefined ? noNames : injectedNames(status);
    const always = mode === 'offline';
    return reapplyContainers(merged, { original, templatePod, overrides, injected, always });
  });
  const pod = inStage('process', () =>
    postprocess(adjustInitUser(reapplied, original, proxyConfig, notice), {
      original,
      templatePod,
      mesh,
      values: values.typed,
      proxyEnv,
      revision,
      injectedAnnotations: config.injectedAnnotations,
      notice,
    }),
  );
  const facts = { owner, nativeSidecar: wantsNative(original, native), values: values.typed };
  return { base: original, pod, templatePod, templates, facts, notices };
}

function refuseInvalidAnnotations(pod: Pod): void {
  const invalid = validateAnnotations(pod);
  if (invalid !== undefined) throw new Refusal(invalid.text, invalid.failures[0]?.annotation);
}

function meshConfigFor(pod: Pod, { mesh }: InjectionConfiguration, mode: InjectorMode): MeshConfig {
  return mode === 'offline' ? offlineMeshConfig(mesh, annotationsOf(pod)[names.proxyConfig]) : mesh;
}

function proxyConfigFor(
  pod: Pod,
  mesh: MeshConfig,
  { proxyConfigResources }: InjectionConfiguration,
  mode: InjectorMode,
  annotation: string | undefined,
): ProxyConfig {
  if (mode === 'offline') return mesh.defaultConfig ?? {};
  return effectiveProxyConfig({
    mesh,
    annotation,
    resources: proxyConfigResources,
    namespace: pod.metadata?.namespace ?? '',
    labels: labelsOf(pod),
  });
}

function nativeSidecars(
  pod: Pod,
  cluster: string,
  { nativeSidecars: setting }: InjectionConfiguration,
  watch: AnswerWatch | undefined,
): boolean {
  if (typeof setting === 'boolean') return setting;
  const nodeName = pod.spec?.nodeName;
  const native = setting(nodeName, cluster);
  watch?.dependsOn(() => setting(nodeName, cluster) === native);
  return native;
}

function watchTemplates(
  { templatePod, templates: names }: Overlaid,
  { templates }: InjectionConfiguration,
  watch: AnswerWatch,
): void {
  if (!names.every((name) => templates.get(name)?.isPure?.())) watch.dependsOn(() => false);
  if (makesTokenVolume(templatePod)) watch.tokenVolumeMattered();
}
