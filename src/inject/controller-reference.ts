import { isJsonObject, type JsonObject } from '../json.ts';
import { ownString } from './pod-metadata.ts';

/** The object that made a pod and looks after it, as the pod names it. */
export interface ControllerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string | undefined;
}

/** Undefined for a pod that nothing controls. */
export function controllerReference(pod: JsonObject): ControllerReference | undefined {
  const { metadata } = pod;
  const references = isJsonObject(metadata) ? metadata['ownerReferences'] : undefined;
  if (!Array.isArray(references)) return undefined;
  for (const reference of references) {
    if (!isJsonObject(reference) || reference['controller'] !== true) continue;
    return {
      apiVersion: ownString(reference, 'apiVersion') ?? '',
      kind: ownString(reference, 'kind') ?? '',
      name: ownString(reference, 'name') ?? '',
      uid: ownString(reference, 'uid'),
    };
  }
  return undefined;
}
