/**
 * Injection into whole objects: Deployments, Lists, bare Pods.
 * Exports: {@link injectObject}, {@link ObjectResult}.
 */
import type { JsonObject } from '../../json.ts';
import type { Injector } from '../injector.ts';
import type { PatchOperation } from '../types.ts';
import { findHiddenTemplate } from './hidden-template.ts';
import { injectWorkload, type WorkloadResult } from './inject-workload.ts';
import { objectsIn } from './objects-in.ts';
import { builtInKinds, findKind, placesIn, typeOf, type WorkloadKinds } from './workload-kinds.ts';

/** What came of an object and, for a List, of everything in it. */
export interface ObjectResult {
  /** Applies to the whole object exactly as it came in; empty when there is nothing to change. */
  readonly patch: readonly PatchOperation[];
  /** Every pod template, in the order of the text. */
  readonly workloads: readonly WorkloadResult[];
  /** Everything else, which is left as it is. */
  readonly others: readonly PassedOver[];
}

/** An object of a kind that is not injected. */
export interface PassedOver {
  /** JSON pointer to the object; empty for the object itself. */
  readonly pointer: string;
  readonly apiVersion: string;
  readonly kind: string;
  /** Where something like a pod template was seen in it, as `spec.template`: the kind may want registering. */
  readonly hiddenTemplate?: string;
}

/**
 * Injects into every pod template of an object. Never throws and never changes the object: refusals are in
 * the results, and what one workload is refused for does not keep the others from their patches.
 */
export function injectObject(
  injector: Injector,
  object: JsonObject,
  kinds: WorkloadKinds = builtInKinds,
): ObjectResult {
  const workloads: WorkloadResult[] = [];
  const others: PassedOver[] = [];
  for (const { object: one, pointer } of objectsIn(object)) {
    const kind = findKind(kinds, one);
    if (kind === undefined) others.push(passedOver(one, pointer));
    else {
      for (const place of placesIn(one, kind)) {
        workloads.push(injectWorkload(injector, one, kind, place, pointer));
      }
    }
  }
  return { patch: workloads.flatMap(patchOf), workloads, others };
}

function patchOf({ result }: WorkloadResult): readonly PatchOperation[] {
  return result.outcome === 'injected' ? result.patch : [];
}

function passedOver(object: JsonObject, pointer: string): PassedOver {
  const hiddenTemplate = findHiddenTemplate(object);
  const found = { pointer, ...typeOf(object) };
  return hiddenTemplate === undefined ? found : { ...found, hiddenTemplate };
}
