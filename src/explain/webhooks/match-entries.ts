/**
 * Which webhooks the API server calls about a pod, and what is in the way of the others. Exports:
 * {@link traceConfigurations}, {@link matchedEntries}, {@link unmetConditions}, {@link ConfigurationTrace},
 * {@link EntryTrace}, {@link Unmet}.
 */
import type { CompiledSelector, LabelSource } from '../../inject/decide/label-selector.ts';
import { ownString } from '../../inject/pod-metadata.ts';
import type { WebhookEntry } from './webhook-entry.ts';

/** A condition that does not hold. */
export interface Unmet {
  readonly of: 'namespace' | 'pod' | 'rules';
  /** As `kubectl get -l` writes it. */
  readonly condition: string;
  /** The label it is about; empty where it is about none. */
  readonly key: string;
  readonly value: string | undefined;
}

/** An entry, and what keeps it from being called. */
export interface EntryTrace {
  readonly entry: WebhookEntry;
  readonly unmet: readonly Unmet[];
}

/** What came of one configuration. */
export interface ConfigurationTrace extends EntryTrace {
  readonly matches: boolean;
  /** Without a match, the entries that come closest; `entry` is the first of them. */
  readonly nearest: readonly EntryTrace[];
}

/**
 * Looks at every configuration that injects, in the order in which they are called.
 *
 * @param namespaceLabels undefined when nothing is known about the namespace: then only the pod is looked at
 */
export function traceConfigurations(
  entries: readonly WebhookEntry[],
  namespaceLabels: LabelSource | undefined,
  podLabels: LabelSource,
): ConfigurationTrace[] {
  const byConfiguration = new Map<string, EntryTrace[]>();
  for (const entry of entries) {
    if (!entry.injects) continue;
    const traces = byConfiguration.get(entry.configuration) ?? [];
    traces.push({ entry, unmet: unmetConditions(entry, namespaceLabels, podLabels) });
    byConfiguration.set(entry.configuration, traces);
  }
  return [...byConfiguration.values()].flatMap((traces) => {
    const least = Math.min(...traces.map(({ unmet }) => unmet.length));
    const nearest = traces.filter(({ unmet }) => unmet.length === least);
    const [first] = nearest;
    return first === undefined ? [] : [{ ...first, matches: least === 0, nearest }];
  });
}

/** The entries that are called, the first of each configuration. */
export function matchedEntries(
  entries: readonly WebhookEntry[],
  namespaceLabels: LabelSource | undefined,
  podLabels: LabelSource,
): WebhookEntry[] {
  return traceConfigurations(entries, namespaceLabels, podLabels)
    .filter(({ matches }) => matches)
    .map(({ entry }) => entry);
}

/** What keeps an entry from being called about a pod. */
export function unmetConditions(
  entry: WebhookEntry,
  namespaceLabels: LabelSource | undefined,
  podLabels: LabelSource,
): Unmet[] {
  const unmet = [
    ...(namespaceLabels === undefined
      ? []
      : unmetOf('namespace', entry.namespaceSelector, namespaceLabels)),
    ...unmetOf('pod', entry.objectSelector, podLabels),
  ];
  if (!entry.takesPods) {
    unmet.push({ of: 'rules', condition: 'a rule for CREATE of pods', key: '', value: undefined });
  }
  return unmet;
}

/** Here an empty selector matches everything, unlike one of the injector configuration. */
function unmetOf(
  of: 'namespace' | 'pod',
  selector: CompiledSelector,
  labels: LabelSource,
): Unmet[] {
  if (selector.kind === 'empty') return [];
  if (selector.kind === 'invalid') {
    return [{ of, condition: `a valid selector: ${selector.problem}`, key: '', value: undefined }];
  }
  return selector.requirements
    .map(({ key, text, holds }) => ({
      of,
      condition: text,
      key,
      value: ownString(labels, key),
      holds,
    }))
    .filter(({ value, holds }) => !holds(value))
    .map(({ holds: _, ...rest }) => rest);
}
