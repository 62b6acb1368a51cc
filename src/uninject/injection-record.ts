/** What an injection wrote down in the pod. Exports: {@link InjectionRecord}, {@link readRecord}. */
import { annotations as names } from '../inject/annotations.ts';
import { type ContainerOverrides, readOverrides } from '../inject/container-overrides.ts';
import { findSidecar } from '../inject/container-place.ts';
import { annotationsOf, type Handler, type Pod } from '../inject/pod.ts';
import { proberVariable, readProbers } from '../inject/postprocess/prober-env.ts';
import {
  readScrapeConfiguration,
  type ScrapeConfiguration,
  scrapeVariable,
} from '../inject/postprocess/prometheus-merge.ts';
import { Refusal } from '../inject/refusal.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** Everything that can be read off an injected pod about what was done to it. */
export interface InjectionRecord {
  /** Names in the lists of the pod that came from templates. */
  readonly containers: ReadonlySet<string>;
  readonly initContainers: ReadonlySet<string>;
  readonly volumes: ReadonlySet<string>;
  readonly imagePullSecrets: ReadonlySet<string>;
  /** `default` for the default revision. */
  readonly revision: string;
  /** Containers of the user's own that templates also made, as they were. */
  readonly overrides: ContainerOverrides;
  /** Handlers that were redirected to the agent, by the paths that they have there. */
  readonly probers: ReadonlyMap<string, Handler>;
  /** What Prometheus' annotations said; undefined when they said nothing. */
  readonly scrape: ScrapeConfiguration | undefined;
}

/**
 * Reads the record of an injection; undefined for a pod without one. Throws a {@link Refusal} when the record is
 * there but not readable: then nothing is known of what to take out.
 */
export function readRecord(pod: Pod): InjectionRecord | undefined {
  const annotations = annotationsOf(pod);
  const text = annotations[names.status];
  if (text === undefined) return undefined;
  const status = readStatus(text);
  const env = findSidecar(pod)?.container.env ?? [];
  const textOf = (name: string) => env.find((variable) => variable.name === name)?.value;
  const probers = textOf(proberVariable);
  const scrape = textOf(scrapeVariable);
  return {
    containers: listIn(status, 'containers'),
    initContainers: listIn(status, 'initContainers'),
    volumes: listIn(status, 'volumes'),
    imagePullSecrets: listIn(status, 'imagePullSecrets'),
    revision: typeof status['revision'] === 'string' ? status['revision'] : '',
    overrides: readOverrides(annotations[names.overrides]),
    probers: new Map(
      Object.entries((probers === undefined ? undefined : readProbers(probers)) ?? {}) as [
        string,
        Handler,
      ][],
    ),
    scrape: scrape === undefined ? undefined : readScrapeConfiguration(scrape),
  };
}

function readStatus(text: string): JsonObject {
  let status: JsonValue;
  try {
    status = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw unreadable('it is not JSON', cause);
  }
  if (!isJsonObject(status)) throw unreadable('it is not a JSON object');
  return status;
}

function listIn(status: JsonObject, member: string): ReadonlySet<string> {
  const list = Object.hasOwn(status, member) ? (status[member] ?? []) : [];
  if (Array.isArray(list) && list.every((name) => typeof name === 'string')) return new Set(list);
  throw unreadable(`${member} is not a list of names`);
}

function unreadable(reason: string, cause?: unknown): Refusal {
  return new Refusal(
    `invalid annotation ${names.status}: ${reason}, so there is no telling what was injected`,
    names.status,
    cause,
  );
}
