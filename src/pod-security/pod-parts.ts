/**
 * A pod as the Pod Security rules read it, whatever JSON it is. Exports: {@link PodParts}, {@link ContainerPart},
 * {@link podParts}, {@link at}, {@link objectAt}, {@link objectsAt}.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** One container of any list. */
export interface ContainerPart {
  readonly name: string;
  readonly container: JsonObject;
  readonly securityContext: JsonObject;
  /** Where it is in the pod. */
  readonly path: readonly (string | number)[];
}

/** The parts of a pod that rules look at. */
export interface PodParts {
  readonly annotations: JsonObject;
  readonly spec: JsonObject;
  readonly securityContext: JsonObject;
  /** Init and ephemeral containers too: every rule counts for all of them. */
  readonly containers: readonly ContainerPart[];
  readonly windows: boolean;
}

const none: JsonObject = Object.freeze({});

/** Takes a pod apart. */
export function podParts(pod: JsonObject): PodParts {
  const spec = objectAt(pod, 'spec');
  const lists = ['initContainers', 'containers', 'ephemeralContainers'];
  return {
    annotations: objectAt(objectAt(pod, 'metadata'), 'annotations'),
    spec,
    securityContext: objectAt(spec, 'securityContext'),
    containers: lists.flatMap((list) =>
      objectsAt(spec, list).map(([index, container]) => ({
        name: String(at(container, 'name') ?? ''),
        container,
        securityContext: objectAt(container, 'securityContext'),
        path: ['spec', list, index],
      })),
    ),
    windows: at(objectAt(spec, 'os'), 'name') === 'windows',
  };
}

/** A member of its own; undefined for null, too. */
export function at(object: JsonObject, member: string): JsonValue | undefined {
  return Object.hasOwn(object, member) ? (object[member] ?? undefined) : undefined;
}

/** A member that is an object; an empty one when there is none. */
export function objectAt(object: JsonObject, member: string): JsonObject {
  const value = at(object, member);
  return isJsonObject(value) ? value : none;
}

/** The objects in a list and their places in it. */
export function objectsAt(
  object: JsonObject,
  member: string,
): (readonly [index: number, element: JsonObject])[] {
  const list = at(object, member);
  if (!Array.isArray(list)) return [];
  return list.flatMap((element, index) => (isJsonObject(element) ? [[index, element]] : []));
}
