/**
 * Members of a pod that injection may have set and no record tells about: labels, annotations, fields of the
 * spec. Exports: {@link candidatePlaces}, {@link Contribution}, {@link contributionsIn}.
 */
import { annotations, labels } from '../inject/annotations.ts';
import type { Pod } from '../inject/pod.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { jsonEqual } from '../json-equal.ts';
import { type PodPlace, valueAt } from './pod-place.ts';

/** What templates set only where it is not set already, and steps after the templates. */
const usual: readonly PodPlace[] = [
  ['metadata', 'annotations', 'kubectl.kubernetes.io/default-container'],
  ['metadata', 'annotations', 'kubectl.kubernetes.io/default-logs-container'],
  ['metadata', 'annotations', annotations.prometheusSecurePort],
  ['metadata', 'labels', labels.network],
];

/** Lists whose injected elements are recorded by name. */
const recorded: ReadonlySet<string> = new Set([
  'containers',
  'initContainers',
  'volumes',
  'imagePullSecrets',
]);

/** Restored from a record of their own. */
const restored: ReadonlySet<string> = new Set([
  annotations.prometheusScrape,
  annotations.prometheusPort,
  annotations.prometheusPath,
  annotations.prometheusScrapeTargets,
]);

/** A place and what the user may have had there. */
export interface Contribution {
  readonly place: PodPlace;
  /** From the least to what is there now; undefined is nothing at all. */
  readonly guesses: readonly (JsonValue | undefined)[];
}

/** Every place that injection may set. @param templatePod what the templates make of an empty pod */
export function candidatePlaces(
  templatePod: Pod,
  injectedAnnotations: ReadonlyMap<string, string>,
): PodPlace[] {
  const { metadata = {}, spec = {} } = templatePod;
  const found = [
    ...usual,
    ...[...injectedAnnotations.keys()].map((name) => ['metadata', 'annotations', name]),
    ...leaves(metadata.labels ?? {}, ['metadata', 'labels']),
    ...leaves(metadata.annotations ?? {}, ['metadata', 'annotations']),
    ...Object.entries(spec).flatMap(([member, value]) =>
      recorded.has(member) ? [] : leaves({ [member]: value }, ['spec']),
    ),
  ];
  const guessed = found.filter((place) => !restored.has(place.at(-1) ?? ''));
  return [...new Map(guessed.map((place) => [JSON.stringify(place), place])).values()];
}

function leaves(object: JsonObject, way: PodPlace): PodPlace[] {
  return Object.entries(object).flatMap(([member, value]) =>
    isJsonObject(value) && Object.keys(value).length > 0
      ? leaves(value, [...way, member])
      : [[...way, member]],
  );
}

/** The candidates that the pod has, each with guesses about what stood there before. */
export function contributionsIn(
  pod: Pod,
  templatePod: Pod,
  places: readonly PodPlace[],
): Contribution[] {
  return places.flatMap((place) => {
    const value = valueAt(pod, place);
    if (value === undefined) return [];
    const shorter = withoutLast(value, valueAt(templatePod, place));
    return [{ place, guesses: [undefined, ...(shorter === undefined ? [] : [shorter]), value] }];
  });
}

/** Some templates add to a list that the user began: of networks, of ports, of aliases. */
function withoutLast(value: JsonValue, contributed: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) {
    if (!Array.isArray(contributed)) return undefined;
    const own = value.filter((element) => !contributed.some((other) => jsonEqual(element, other)));
    return own.length > 0 && own.length < value.length ? own : undefined;
  }
  if (typeof value !== 'string') return undefined;
  if (value.trimStart().startsWith('[')) return shorterJson(value);
  const comma = value.lastIndexOf(',');
  return comma > 0 ? value.slice(0, comma).trimEnd() : undefined;
}

/** More commas than the last element of such a list has. */
const mostCommas = 50;

/** A JSON list without its last element, otherwise as it is written. */
function shorterJson(text: string): string | undefined {
  let comma = text.lastIndexOf(',');
  for (let tries = 0; comma > 0 && tries < mostCommas; tries++) {
    const shorter = `${text.slice(0, comma).trimEnd()}]`;
    if (isJson(shorter)) return shorter;
    comma = text.lastIndexOf(',', comma - 1);
  }
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
