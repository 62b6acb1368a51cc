/** Taking injection back from whole objects. Exports: {@link uninjectObject}, {@link UninjectedObject}. */
import type { InjectionConfiguration } from '../inject/config/injection-configuration.ts';
import { ownerOf } from '../inject/data/owner.ts';
import type { OwnerMeta, PatchOperation } from '../inject/types.ts';
import { objectsIn } from '../inject/workload/objects-in.ts';
import {
  movedFailure,
  movedNotice,
  movedPatch,
  ownerMeta,
  partsOf,
  podOf,
} from '../inject/workload/template-parts.ts';
import { memberAt } from '../inject/workload/template-path.ts';
import {
  findKind,
  placesIn,
  type TemplatePlace,
  type WorkloadKinds,
} from '../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import { type UninjectResult, uninjectPod } from './uninject-pod.ts';

/** What came of one pod template. */
export interface UninjectedTemplate {
  readonly pointer: string;
  readonly place: TemplatePlace;
  readonly workload: OwnerMeta;
  /** Patch and places relative to what was handed in. */
  readonly result: UninjectResult;
}

/** What came of an object and, for a List, of everything in it. */
export interface UninjectedObject {
  readonly patch: readonly PatchOperation[];
  readonly workloads: readonly UninjectedTemplate[];
  /** Objects without a pod template, by their JSON pointers. */
  readonly others: readonly { readonly pointer: string }[];
}

/** Takes injection back from every pod template of an object. Never throws and never changes the object. */
export function uninjectObject(
  object: JsonObject,
  kinds: WorkloadKinds,
  configuration: InjectionConfiguration,
): UninjectedObject {
  const workloads: UninjectedTemplate[] = [];
  const others: { pointer: string }[] = [];
  for (const { object: one, pointer } of objectsIn(object)) {
    const kind = findKind(kinds, one);
    if (kind === undefined) others.push({ pointer });
    for (const place of kind ? placesIn(one, kind) : []) {
      const template = memberAt(one, place.template);
      if (!isJsonObject(template)) continue;
      workloads.push(uninjectTemplate(one, template, place, pointer, configuration));
    }
  }
  const patch = workloads.flatMap(({ result }) =>
    result.outcome === 'uninjected' ? result.patch : [],
  );
  return { patch, workloads, others };
}

function uninjectTemplate(
  object: JsonObject,
  template: JsonObject,
  place: TemplatePlace,
  pointer: string,
  configuration: InjectionConfiguration,
): UninjectedTemplate {
  const workload = ownerMeta(object);
  const parts = partsOf(object, template, place);
  const isPod = place.template.length === 0;
  const owner = isPod ? ownerOf(object, workload.namespace) : workload;
  const { namespace } = workload;
  const result = uninjectPod({ pod: podOf(parts), namespace, owner }, configuration);
  const told = { pointer, place, workload };
  if (result.outcome === 'failed') {
    return { ...told, result: { ...result, error: movedFailure(result.error, parts) } };
  }
  const notices = result.notices.map((notice) => movedNotice(notice, parts));
  if (result.outcome === 'not injected') return { ...told, result: { ...result, notices } };
  const patch = movedPatch(result.patch, parts, pointer);
  return { ...told, result: { ...result, patch, notices } };
}
