/**
 * Members of a pod by the way to them. Exports: {@link PodPlace}, {@link valueAt}, {@link withValueAt},
 * {@link placeText}.
 */
import type { Pod } from '../inject/pod.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** Names of members from the pod on; never through a list. */
export type PodPlace = readonly string[];

/** What stands there; undefined when nothing does. */
export function valueAt(pod: Pod, place: PodPlace): JsonValue | undefined {
  let value: JsonValue | undefined = pod;
  for (const member of place) {
    if (!isJsonObject(value) || !Object.hasOwn(value, member)) return undefined;
    value = value[member];
  }
  return value;
}

/** The pod with another value there; undefined takes it out, along with objects that are empty then. */
export function withValueAt(pod: Pod, place: PodPlace, value: JsonValue | undefined): Pod {
  return (withMember(pod, place, value) ?? {}) as Pod;
}

function withMember(
  object: JsonObject,
  [member, ...rest]: PodPlace,
  value: JsonValue | undefined,
): JsonObject | undefined {
  if (member === undefined) return object;
  const old = Object.hasOwn(object, member) ? object[member] : undefined;
  if (old === undefined && value === undefined) return object;
  const changed = rest.length === 0 ? value : withMember(isJsonObject(old) ? old : {}, rest, value);
  if (changed !== undefined) return { ...object, [member]: changed };
  const { [member]: _, ...others } = object;
  return Object.keys(others).length === 0 ? undefined : others;
}

/** The place for people, as `metadata.labels["app"]`. */
export function placeText(place: PodPlace): string {
  return place
    .map((member, index) => {
      if (!/^\w+$/.test(member)) return `[${JSON.stringify(member)}]`;
      return index === 0 ? member : `.${member}`;
    })
    .join('');
}
