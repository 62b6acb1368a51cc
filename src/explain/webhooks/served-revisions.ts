/** Exports: {@link servedRevisions}, {@link servesDefault}, {@link injectsByDefault}. */
import { namespaceLabels } from '../../inject/annotations.ts';
import { matchedEntries } from './match-entries.ts';
import type { WebhookEntry } from './webhook-entry.ts';

/** The values of label `istio.io/rev` that some webhook answers to: revisions and tags. */
export function servedRevisions(entries: readonly WebhookEntry[]): ReadonlySet<string> {
  const named = entries
    .filter(({ injects }) => injects)
    .flatMap(({ namespaceSelector, objectSelector }) => [namespaceSelector, objectSelector])
    .flatMap((selector) => (selector.kind === 'usable' ? selector.requirements : []))
    .flatMap(({ key, values }) => (key === namespaceLabels.revision ? values : []));
  return new Set(
    named.filter(
      (name) => matchedEntries(entries, { [namespaceLabels.revision]: name }, {}).length > 0,
    ),
  );
}

/** Whether anybody answers to `istio-injection: enabled`. */
export function servesDefault(entries: readonly WebhookEntry[]): boolean {
  return matchedEntries(entries, { [namespaceLabels.injection]: 'enabled' }, {}).length > 0;
}

/** Whether pods are injected where neither namespace nor pod say anything. */
export function injectsByDefault(entries: readonly WebhookEntry[]): boolean {
  return matchedEntries(entries, { [namespaceLabels.name]: 'any' }, {}).length > 0;
}
