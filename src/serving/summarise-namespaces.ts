import { labels as podLabelNames } from '../inject/annotations.ts';
import { ignoredNamespaces } from '../inject/decide/ignored-namespace.ts';
import { decideByNamespace, type NamespaceQuestion } from '../inject/decide/namespace.ts';
import type { NamespaceKnowledge } from './namespace-knowledge.ts';

/** What becomes of pods that say nothing themselves, and of those that ask, by namespace. */
export interface NamespaceSummary {
  /** Pods get a sidecar unless they object. */
  readonly injected: readonly string[];
  /** Pods get one if they ask for it. */
  readonly onRequest: readonly string[];
  /** No pod gets one, whatever it says. */
  readonly leftAlone: readonly string[];
}

/** Sorts the known namespaces by what injection does in them. */
export function summariseNamespaces(
  namespaces: Pick<NamespaceKnowledge, 'names' | 'namespace'>,
  question: Omit<NamespaceQuestion, 'namespaceLabels' | 'podLabels'>,
): NamespaceSummary {
  const injected: string[] = [];
  const onRequest: string[] = [];
  const leftAlone: string[] = [];
  const asking = { [podLabelNames.inject]: 'true' };
  const askingByRevision = { [podLabelNames.revision]: question.revision || 'default' };
  for (const name of [...namespaces.names()].sort()) {
    const namespaceLabels = namespaces.namespace(name)?.labels ?? {};
    const called = (podLabels: { [label: string]: string }) =>
      decideByNamespace({ ...question, namespaceLabels, podLabels }).outcome === 'inject';
    if (ignoredNamespaces.has(name)) leftAlone.push(name);
    else if (called({})) injected.push(name);
    else if (called(asking) || called(askingByRevision)) onRequest.push(name);
    else leftAlone.push(name);
  }
  return { injected, onRequest, leftAlone };
}
