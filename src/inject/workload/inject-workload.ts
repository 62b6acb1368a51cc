/** Exports: {@link injectWorkload}, {@link WorkloadResult}, {@link WorkloadOutcome}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { annotations, labels } from '../annotations.ts';
import { ownerOf } from '../data/owner.ts';
import type { Injector } from '../injector.ts';
import { podAnnotations, podLabels } from '../pod-metadata.ts';
import type { InjectResult, Notice, OwnerMeta } from '../types.ts';
import { skipWarning } from './skip-warning.ts';
import {
  movedFailure,
  movedNotice,
  movedPatch,
  ownerMeta,
  partsOf,
  podOf,
  type TemplateParts,
} from './template-parts.ts';
import { memberAt, templatePathText } from './template-path.ts';
import { workloadNotices } from './workload-hints.ts';
import { metadataText, type TemplatePlace, type WorkloadKind } from './workload-kinds.ts';

/** What came of one pod template of an object. */
export interface WorkloadResult {
  /** JSON pointer to the object within what was handed in; empty for the object itself. */
  readonly pointer: string;
  /** Where in the object the template is, or should be. */
  readonly place: TemplatePlace;
  /** The object's own kind, name and namespace. */
  readonly workload: OwnerMeta;
  /** Patch relative to what was handed in. */
  readonly result: WorkloadOutcome;
  /** For people: why the workload was left out. */
  readonly warnings: readonly string[];
}

/** As for a pod, or there is no pod template. */
export type WorkloadOutcome =
  | InjectResult
  | { readonly outcome: 'no template'; readonly message: string }
  | { readonly outcome: 'malformed'; readonly message: string };

/**
 * Injects into one pod template: makes a pod of it (no name of its own, no defaults), asks the injector, and
 * turns the patch for the pod into one for the object (`pkg/kube/inject/inject.go`, IntoObject). Never throws.
 */
export function injectWorkload(
  injector: Injector,
  object: JsonObject,
  kind: WorkloadKind,
  place: TemplatePlace,
  pointer: string,
): WorkloadResult {
  const workload = ownerMeta(object);
  const told = { pointer, place, workload };
  const template = memberAt(object, place.template);
  if (template === undefined || template === null) {
    return { ...told, ...withoutTemplate(workload, kind, place) };
  }
  if (!isJsonObject(template)) {
    const message = `${templatePathText(place.template)} is not an object, so there is no pod template to inject into`;
    return { ...told, result: { outcome: 'malformed', message }, warnings: [] };
  }
  const parts = partsOf(object, template, place);
  const owner = place.template.length === 0 ? ownerOf(object, workload.namespace) : workload;
  const result =
    optedOutByTemplate(injector, template, place, workload.namespace) ??
    injector.inject({
      pod: podOf(parts),
      namespace: workload.namespace,
      ...(place.template.length === 0 ? {} : { owner }),
    });
  return {
    ...told,
    result: placed(result, parts, pointer, workloadNotices(object, place)),
    warnings:
      result.outcome === 'skipped'
        ? [skipWarning(result.decision, owner, nameIn(parts.metadata))]
        : [],
  };
}

/**
 * A CronJob's labels and annotations are taken from the job template, as upstream does; the pods, though,
 * will carry those of the pod template, so its own refusal of a sidecar must count, too.
 */
function optedOutByTemplate(
  injector: Injector,
  template: JsonObject,
  place: TemplatePlace,
  namespace: string,
): InjectResult | undefined {
  if (place.metadata.length === place.template.length + 1) return undefined;
  const says =
    Object.hasOwn(podLabels(template), labels.inject) ||
    Object.hasOwn(podAnnotations(template), annotations.inject);
  if (!says) return undefined;
  const decision = injector.decide({ pod: template, namespace });
  if (decision.reason !== 'label-false' && decision.reason !== 'annotation-false') return undefined;
  const notices: Notice[] = [
    {
      code: 'pod-template-opts-out',
      message: `${templatePathText(place.template)}.metadata asks for no sidecar; Istio itself looks only at ${templatePathText(place.metadata)}`,
    },
  ];
  return { outcome: 'skipped', decision, notices };
}

function withoutTemplate(workload: OwnerMeta, kind: WorkloadKind, { template }: TemplatePlace) {
  const path = templatePathText(template);
  if (kind.templateOptional) {
    const message = `${path} is required value`;
    return { result: { outcome: 'malformed', message } as const, warnings: [] };
  }
  const message = `${workload.kind} "${workload.name}" has no ${path}, so there is nothing to inject into`;
  return { result: { outcome: 'no template', message } as const, warnings: [message] };
}

/** Moves the patch, notices and the place of a failure from the pod to the object, and adds notices. */
function placed(
  result: InjectResult,
  parts: TemplateParts,
  pointer: string,
  more: readonly Notice[],
): InjectResult {
  if (result.outcome === 'failed') return { ...result, error: movedFailure(result.error, parts) };
  const notices = [...more, ...result.notices.map((notice) => movedNotice(notice, parts))];
  if (result.outcome === 'skipped') return { ...result, notices };
  const patch = movedPatch(result.patch, parts, pointer);
  return { ...result, patch, notices };
}

function nameIn(metadata: JsonValue | undefined): string {
  return metadata === undefined ? '' : metadataText({ metadata }, 'name');
}
