/** Where the pod's own text is among the data of templates. Exports: {@link untrustedText}. */
import type { JsonObject, JsonValue } from '../../json.ts';
import type { ProxyConfig } from '../../mesh/index.ts';
import { annotations as names } from '../annotations.ts';
import type { TemplateDataParts } from '../data/template-data.ts';
import type { Pod, TextMap } from '../pod.ts';
import type { GuardedTemplate } from './guarded-template.ts';
import { markValue } from './marked-values.ts';
import type { Marks } from './marks.ts';
import { isPlain } from './plain-text.ts';
import { textsIn } from './text-walk.ts';

/** The text of one pod, and what the templates have read of it. */
export interface UntrustedText {
  /** The data with its suspicious annotations and labels under watch. */
  readonly watched: TemplateDataParts;
  /** False when the template cannot have come upon anything but plain text. */
  mayHarm(template: GuardedTemplate): boolean;
  /** What the template may have read, each as a message names it: `annotation example.com/x`. */
  suspects(template: GuardedTemplate): string[];
  /** The data with the special characters of these suspects marked. */
  marked(suspects: ReadonlySet<string>, marks: Marks): TemplateDataParts;
  /** What these suspects hold. */
  textOf(suspects: readonly string[]): string[];
}

const proxyConfigSubject = `annotation ${names.proxyConfig}`;
const podSubject = "the pod's names";
const specSubject = "the pod's spec";

/** @param trusted the proxy config without the pod's annotation */
export function untrustedText(parts: TemplateDataParts, trusted: ProxyConfig): UntrustedText {
  const { view, owner, proxyConfig } = parts;
  const { metadata } = view;
  const read = new Set<string>();
  const annotations = watch('annotation ', metadata?.annotations, read);
  const labels = watch('label ', metadata?.labels, read);
  // Most templates are seen to be harmless whatever the names are, and then nobody asks.
  let knownOddNames: boolean | undefined;
  const oddNames = (): boolean => {
    knownOddNames ??= hasOddNames(view) || !allPlain(owner);
    return knownOddNames;
  };
  const oddConfig = proxyConfig !== trusted && hasOddText(proxyConfig, trusted);
  const untouched = annotations === metadata?.annotations && labels === metadata?.labels;

  const suspects = (template: GuardedTemplate): string[] => {
    const found = template.decodes ? every(metadata?.annotations, metadata?.labels) : [...read];
    if (oddConfig) found.push(proxyConfigSubject);
    if (template.readsWholeSpec || oddNames()) found.push(podSubject);
    if (template.readsWholeSpec) found.push(specSubject);
    return found;
  };
  return {
    watched: untouched
      ? parts
      : { ...parts, view: { ...view, metadata: withMaps(metadata, annotations, labels) } },
    mayHarm: (template) =>
      read.size > 0 || oddConfig || template.readsWholeSpec || template.decodes || oddNames(),
    suspects,
    marked: (chosen, marks) => markParts(parts, trusted, chosen, marks),
    textOf: (chosen) => {
      const parts = new Map<string, unknown>([
        [proxyConfigSubject, proxyConfig],
        [podSubject, [metadata, view.spec, owner]],
        [specSubject, view.spec],
      ]);
      return chosen.flatMap((subject) => [
        ...textsIn(parts.get(subject)),
        metadata?.annotations?.[nameIn('annotation ', subject)] ?? '',
        metadata?.labels?.[nameIn('label ', subject)] ?? '',
      ]);
    },
  };
}

/**
 * The map itself when all its text is plain; else a copy that notes when something suspicious is read.
 * Reading is all that counts: most of what users write into annotations is none of the templates' business.
 */
function watch(kind: string, map: TextMap | undefined, read: Set<string>): TextMap | undefined {
  if (map === undefined) return map;
  let watched: TextMap | undefined;
  for (const key of Object.keys(map)) {
    const value = map[key] ?? '';
    const odd = !isPlain(key);
    // A template that goes through all keys reads this one, and nothing would tell.
    if (odd) read.add(kind + key);
    if (!odd && isPlain(value)) continue;
    watched ??= { ...map };
    Object.defineProperty(watched, key, {
      enumerable: true,
      configurable: true,
      get: () => {
        read.add(kind + key);
        return value;
      },
    });
  }
  return watched ?? map;
}

function withMaps(
  metadata: Pod['metadata'],
  annotations: TextMap | undefined,
  labels: TextMap | undefined,
): NonNullable<Pod['metadata']> {
  return {
    ...metadata,
    ...(annotations !== undefined && { annotations }),
    ...(labels !== undefined && { labels }),
  };
}

function nameIn(kind: string, subject: string): string {
  return subject.startsWith(kind) ? subject.slice(kind.length) : '';
}

function every(annotations: TextMap = {}, labels: TextMap = {}): string[] {
  return [
    ...Object.keys(annotations).map((key) => `annotation ${key}`),
    ...Object.keys(labels).map((key) => `label ${key}`),
  ];
}

/** The names that templates paste; the API server checks them, but only after admission. */
function hasOddNames({ metadata, spec }: Pod): boolean {
  if (odd(metadata?.name) || odd(metadata?.generateName) || odd(metadata?.namespace)) return true;
  if (odd(spec?.['serviceAccountName'])) return true;
  // Whoever makes a pod may write owners into it, too.
  for (const owner of listIn(metadata, 'ownerReferences')) if (!allPlain(owner)) return true;
  if (listIn(metadata, 'finalizers').some(odd)) return true;
  for (const list of [spec?.containers, spec?.initContainers]) {
    for (const { name, image, ports } of list ?? []) {
      if (odd(name) || odd(image)) return true;
      for (const port of ports ?? []) if (!allPlain(port)) return true;
    }
  }
  return false;
}

function listIn(metadata: Pod['metadata'], key: string): readonly JsonValue[] {
  const list = metadata?.[key];
  return Array.isArray(list) ? list : [];
}

function odd(text: JsonValue | undefined): boolean {
  return typeof text === 'string' && !isPlain(text);
}

function allPlain(flat: unknown): boolean {
  if (typeof flat !== 'object' || flat === null) return true;
  for (const value of Object.values(flat)) {
    if (typeof value === 'string' && !isPlain(value)) return false;
  }
  return true;
}

/** True when the annotation put text into the proxy config that is not plain. */
function hasOddText(config: unknown, trusted: unknown): boolean {
  if (config === trusted) return false;
  if (typeof config === 'string') return !isPlain(config);
  if (typeof config !== 'object' || config === null) return false;
  const before = typeof trusted === 'object' && trusted !== null ? trusted : {};
  return Object.entries(config).some(
    ([key, value]) =>
      !isPlain(key) || hasOddText(value, (before as { [key: string]: unknown })[key]),
  );
}

function markParts(
  parts: TemplateDataParts,
  trusted: ProxyConfig,
  chosen: ReadonlySet<string>,
  marks: Marks,
): TemplateDataParts {
  const { view, owner, proxyConfig, mesh } = parts;
  const { metadata } = view;
  const config = chosen.has(proxyConfigSubject)
    ? (markChanges(proxyConfig, trusted, marks) as ProxyConfig)
    : proxyConfig;
  let marked: Pod = view;
  if (metadata !== undefined) {
    marked = {
      ...marked,
      metadata: withMaps(
        chosen.has(podSubject) ? (markValue(withoutMaps(metadata), marks) as JsonObject) : metadata,
        markChosen('annotation ', metadata.annotations, chosen, marks),
        markChosen('label ', metadata.labels, chosen, marks),
      ),
    };
  }
  const { spec } = view;
  if (spec !== undefined && (chosen.has(podSubject) || chosen.has(specSubject))) {
    marked = { ...marked, spec: markValue(spec, marks) as JsonObject };
  }
  return {
    ...parts,
    view: marked,
    owner: chosen.has(podSubject) ? (markValue(owner, marks) as typeof owner) : owner,
    proxyConfig: config,
    // Offline, the mesh config holds the pod's own proxy config.
    mesh: mesh.defaultConfig === proxyConfig ? { ...mesh, defaultConfig: config } : mesh,
  };
}

function withoutMaps(metadata: NonNullable<Pod['metadata']>): JsonObject {
  const { annotations: _, labels: __, ...rest } = metadata;
  return rest;
}

function markChosen(
  kind: string,
  map: TextMap | undefined,
  chosen: ReadonlySet<string>,
  marks: Marks,
): TextMap | undefined {
  if (map === undefined) return map;
  const marked = Object.create(null) as { [key: string]: string };
  for (const [key, value] of Object.entries(map)) {
    const touched = chosen.has(kind + key);
    marked[touched ? marks.mark(key) : key] = touched ? marks.mark(value) : value;
  }
  return marked;
}

/** The message with the strings marked in which it differs from the trusted one. */
function markChanges(value: unknown, trusted: unknown, marks: Marks): unknown {
  if (value === trusted) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return markValue(value, marks);
  }
  const before = (typeof trusted === 'object' && trusted !== null ? trusted : {}) as {
    [key: string]: unknown;
  };
  const marked = Object.create(Object.getPrototypeOf(value) as object | null) as {
    [key: string]: unknown;
  };
  for (const [key, member] of Object.entries(value)) {
    marked[Object.hasOwn(before, key) ? key : marks.mark(key)] = markChanges(
      member,
      Object.hasOwn(before, key) ? before[key] : undefined,
      marks,
    );
  }
  return marked;
}
