import type { Rule } from './rule.ts';

/** Namespaces whose pods are never injected (`pkg/kube/inject/initializer.go`, IgnoredNamespaces). */
export const ignoredNamespaces: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'local-path-storage',
]);

/** Nothing overrides this rule, neither label nor policy. */
export const ignoredNamespace: Rule = ({ namespace }) => {
  const saw = { field: 'metadata.namespace', value: namespace };
  return ignoredNamespaces.has(namespace)
    ? [{ rule: 'ignored namespace', outcome: 'skip', reason: 'ignored-namespace', saw }]
    : [{ rule: 'ignored namespace', outcome: 'no opinion', saw }];
};
