/** Exports: {@link takeOutContributions}, {@link Injecting}. */
import { type Named, nameOf, type Pod } from '../inject/pod.ts';
import type { JsonValue } from '../json.ts';
import { jsonEqual } from '../json-equal.ts';
import { candidatePlaces, contributionsIn } from './contributions.ts';
import type { InjectionRecord } from './injection-record.ts';
import { type PodPlace, valueAt, withValueAt } from './pod-place.ts';

/** Injection with the configuration at hand. */
export interface Injecting {
  /** Undefined for a pod that cannot be injected. */
  inject(pod: Pod): { readonly pod: Pod; readonly templatePod: Pod } | undefined;
  readonly injectedAnnotations: ReadonlyMap<string, string>;
}

/** A list whose injected elements are recorded by name. */
type ElementList = 'volumes' | 'imagePullSecrets';

/** A pod without contributions, and the places where injecting it does not bring back what was there. */
export interface WithoutContributions {
  readonly pod: Pod;
  readonly doubtful: readonly PodPlace[];
  /** Elements that have the name of an injected one and yet are the user's own. */
  readonly kept: readonly (readonly [list: ElementList, name: string])[];
  /** False when the pod cannot be injected, so that nothing is known of what templates set. */
  readonly known: boolean;
}

/**
 * Takes labels, annotations and fields out that injection brings. What of them the user had is not recorded, but
 * can mostly be told: it is the least that, injected once more, gives the pod as it is now.
 *
 * @param injected the pod as it is
 * @param stripped the same without everything that is recorded
 */
export function takeOutContributions(
  injected: Pod,
  stripped: Pod,
  record: InjectionRecord,
  injecting: Injecting,
): WithoutContributions {
  const first = injecting.inject(stripped);
  if (first === undefined) return { pod: stripped, doubtful: [], kept: [], known: false };
  const places = candidatePlaces(first.templatePod, injecting.injectedAnnotations);
  const candidates = contributionsIn(stripped, first.templatePod, places);
  const guess = new Map(candidates.map((candidate) => [candidate, 0]));
  let pod = candidates.reduce((base, { place }) => withValueAt(base, place, undefined), stripped);
  for (;;) {
    const again = injecting.inject(pod)?.pod;
    const wrong = candidates.filter(
      ({ place }) => !same(again && valueAt(again, place), valueAt(injected, place)),
    );
    const open = wrong.filter((one) => (guess.get(one) ?? 0) < one.guesses.length - 1);
    if (open.length === 0) {
      const doubtful = wrong.map(({ place }) => place);
      const elements = again
        ? keepElements(injected, pod, again, record, injecting)
        : { pod, kept: [] };
      return { ...elements, doubtful, known: true };
    }
    for (const one of open) {
      const next = (guess.get(one) ?? 0) + 1;
      guess.set(one, next);
      pod = withValueAt(pod, one.place, one.guesses[next]);
    }
  }
}

function same(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return jsonEqual(left, right);
}

/**
 * Puts elements of the user's own back that have the name of an injected one. They show only by their place:
 * elements that were there before keep their order.
 *
 * @param again what injecting the pod without any of them gives
 */
function keepElements(
  injected: Pod,
  pod: Pod,
  again: Pod,
  record: InjectionRecord,
  injecting: Injecting,
): Pick<WithoutContributions, 'pod' | 'kept'> {
  let result = pod;
  const kept: (readonly [list: ElementList, name: string])[] = [];
  for (const list of ['volumes', 'imagePullSecrets'] as const) {
    const now = elementsOf(injected, list);
    const order = now.map(nameOf);
    const got = elementsOf(again, list).map(nameOf);
    // With other elements altogether, the configuration is another one, and order tells nothing.
    if (jsonEqual(got, order) || !jsonEqual(got.toSorted(), order.toSorted())) continue;
    const keeping = (names: ReadonlySet<string>) => {
      const own = now.filter(
        (element) => !record[list].has(nameOf(element)) || names.has(nameOf(element)),
      );
      return withValueAt(result, ['spec', list], own as JsonValue[]);
    };
    const names = order.filter((name) => record[list].has(name));
    const ways = [...names.map((name) => new Set([name])), new Set(names)];
    const right = ways.find((way) => {
      const once = injecting.inject(keeping(way));
      return once && jsonEqual(elementsOf(once.pod, list).map(nameOf), order);
    });
    if (!right) continue;
    result = keeping(right);
    kept.push(...[...right].map((name) => [list, name] as const));
  }
  return { pod: result, kept };
}

function elementsOf(pod: Pod, list: ElementList): readonly Named[] {
  return pod.spec?.[list] ?? [];
}
