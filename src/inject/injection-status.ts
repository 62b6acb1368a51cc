/**
 * The annotation `sidecar.istio.io/status`: what an injection added to the pod.
 * Exports: {@link injectionStatusText}, {@link readInjectionStatus}, {@link injectedNames},
 * {@link InjectedNames}, {@link noNames}.
 */
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import { decode, jsonText } from '../merge/index.ts';
import { annotations } from './annotations.ts';
import { type Named, nameOf, type Pod } from './pod.ts';
import { recordSchema, text, textList } from './record-schema.ts';
import { Refusal } from './refusal.ts';

/** `SidecarInjectionStatus` of `pkg/kube/inject/webhook.go`; nothing in it is ever left out. */
const schema = recordSchema('SidecarInjectionStatus', [
  ['initContainers', textList, 'always'],
  ['containers', textList, 'always'],
  ['volumes', textList, 'always'],
  ['imagePullSecrets', textList, 'always'],
  ['revision', text, 'always'],
]);

/** Names of the containers that an earlier injection added. */
export interface InjectedNames {
  readonly containers: ReadonlySet<string>;
  readonly initContainers: ReadonlySet<string>;
}

/** Template pods are shared by all pods of a workload; so is what is written about them. */
const written = new WeakMap<Pod, { readonly revision: string; readonly text: string }>();

/** The status of an injection: names of what the template pod holds, a list without elements as `null`. */
export function injectionStatusText(templatePod: Pod, revision: string): string {
  const known = written.get(templatePod);
  if (known?.revision === revision) return known.text;
  const text = statusText(templatePod, revision);
  written.set(templatePod, { revision, text });
  return text;
}

function statusText({ spec = {} }: Pod, revision: string): string {
  // In the order of the schema's fields: every text and list has its place, so nothing needs the schema.
  return jsonText({
    initContainers: namesIn(spec.initContainers),
    containers: namesIn(spec.containers),
    volumes: namesIn(spec.volumes),
    imagePullSecrets: namesIn(spec.imagePullSecrets),
    revision: revision === '' ? 'default' : revision,
  });
}

function namesIn(elements: readonly Named[] = []): string[] | null {
  return elements.length === 0 ? null : elements.map(nameOf);
}

/**
 * Reads a status to take an earlier injection out of the template's view. Undefined for a text that has
 * not the shape of one: then nothing is taken out.
 */
export function readInjectionStatus(statusText: string): InjectedNames | undefined {
  try {
    const status = decode(schema, JSON.parse(statusText) as JsonValue);
    return {
      containers: names(status['containers']),
      initContainers: names(status['initContainers']),
    };
  } catch {
    return undefined;
  }
}

/**
 * Reads a status to tell which containers the user did not write. More lenient than
 * {@link readInjectionStatus}: only the two lists are looked at, and a text that is no JSON object counts
 * as empty. A list of anything but strings is refused; upstream crashes on it (reapplyOverwrittenContainers).
 */
export function injectedNames(statusText: string): InjectedNames {
  let status: JsonValue;
  try {
    status = JSON.parse(statusText) as JsonValue;
  } catch {
    return noNames;
  }
  if (!isJsonObject(status)) return noNames;
  return {
    containers: checkedNames(status, 'containers'),
    initContainers: checkedNames(status, 'initContainers'),
  };
}

/** Nothing was injected before. */
export const noNames: InjectedNames = { containers: new Set(), initContainers: new Set() };

function names(list: JsonValue | undefined): ReadonlySet<string> {
  return new Set(Array.isArray(list) ? list.filter((name) => typeof name === 'string') : []);
}

function checkedNames(status: JsonObject, member: string): ReadonlySet<string> {
  const list = Object.hasOwn(status, member) ? status[member] : null;
  if (list === null || list === undefined) return noNames.containers;
  if (!Array.isArray(list) || !list.every((name) => typeof name === 'string')) {
    throw new Refusal(
      `invalid annotation ${annotations.status}: ${member} is not a list of names; remove the annotation or repair it`,
      annotations.status,
    );
  }
  return new Set(list);
}
