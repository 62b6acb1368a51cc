/**
 * Which webhooks the API server calls about a pod, and what is in the way of the others. Exports:
 * {@link traceConfigurations}, {@link matchedEntries}, {@link ConfigurationTrace}, {@link Unmet}.
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

/** What came of one configuration: the entry that matches, or the one that comes closest. */
export interface ConfigurationTrace {
  readonly entry: WebhookEntry;
  readonly matches: boolean;
  readonly unmet: readonly Unmet[];
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
  const best = new Map<string, ConfigurationTrace>();
  for (const entry of entries) {
    if (!entry.injects) continue;
    const unmet = unmetConditions(entry, namespaceLabels, podLabels);
    const before = best.get(entry.configuration);
    if (before !== undefined && before.unmet.length <= unmet.length) continue;
    best.set(entry.configuration, { entry, matches: unmet.length === 0, unmet });
  }
  return [...best.values()];
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
