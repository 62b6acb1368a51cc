/** Labels by their short names: `injection` and `rev` of a namespace, `inject` and `rev` of a pod. */
export interface Row {
  readonly namespace: string;
  readonly pod: { readonly inject?: string; readonly rev?: string };
  readonly injected: boolean;
}

/** Namespaces for the table, by name. */
export const tableNamespaces: { readonly [name: string]: { readonly [label: string]: string } } = {
  unlabelled: {},
  enabled: { 'istio-injection': 'enabled' },
  disabled: { 'istio-injection': 'disabled' },
  'strange-value': { 'istio-injection': 'true' },
  'rev-default': { 'istio.io/rev': 'default' },
  'rev-other': { 'istio.io/rev': 'other' },
  'enabled-rev-other': { 'istio-injection': 'enabled', 'istio.io/rev': 'other' },
  'disabled-rev-default': { 'istio-injection': 'disabled', 'istio.io/rev': 'default' },
};

/** Which pods the default revision injects, by the labels of namespace and pod. */
export const table: readonly Row[] = [
  ...rows('unlabelled', {
    '': false,
    'inject=true': true,
    'inject=false': false,
    'rev=default': true,
    'rev=default inject=false': false,
    'rev=other': false,
    'rev=other inject=true': false,
  }),
  ...rows('enabled', {
    '': true,
    'inject=true': true,
    'inject=false': false,
    'rev=other': true,
    'rev=other inject=false': false,
  }),
  ...rows('disabled', { '': false, 'inject=true': false, 'rev=default': false }),
  ...rows('strange-value', { '': false, 'inject=true': false }),
  ...rows('rev-default', {
    '': true,
    'inject=false': false,
    'rev=other': true,
  }),
  ...rows('rev-other', { '': false, 'inject=true': false, 'rev=default': false }),
  ...rows('enabled-rev-other', { '': true, 'inject=false': false }),
  ...rows('disabled-rev-default', { '': false, 'inject=true': false }),
];

function rows(namespace: string, pods: { readonly [labels: string]: boolean }): Row[] {
  return Object.entries(pods).map(([labels, injected]) => ({
    namespace,
    pod: Object.fromEntries(
      labels
        .split(' ')
        .filter((label) => label !== '')
        .map((label) => label.split('=')),
    ),
    injected,
  }));
}
