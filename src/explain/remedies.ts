/** What would change an outcome. Exports: {@link remediesFor}. */
import { annotations, labels, namespaceLabels } from '../inject/annotations.ts';
import { commandLine } from './command-line.ts';
import type { ExplainReason, Remedy } from './explanation.ts';
import type { InjectorFacts } from './facts.ts';
import { fieldText, objectText } from './object-name.ts';
import { writePod } from './pod-place.ts';
import type { Subject } from './subject.ts';
import { servedRevisions, servesDefault } from './webhooks/served-revisions.ts';

/** What to do when a step decided for this reason. The first is the usual one. */
export function remediesFor(
  reason: ExplainReason,
  subject: Subject,
  injector: InjectorFacts | undefined,
): Remedy[] {
  const make = byReason[reason];
  return make === undefined ? [] : make(subject, injector);
}

type MakeRemedies = (subject: Subject, injector: InjectorFacts | undefined) => Remedy[];

const optOut: MakeRemedies = (subject) => [
  writePod(subject, 'labels', labels.inject, 'false', 'To keep the sidecar out, label the pods'),
];

const askByLabel: MakeRemedies = (subject) => [
  writePod(subject, 'labels', labels.inject, 'true', 'Label the pods'),
];

const byReason: { readonly [reason in ExplainReason]?: MakeRemedies } = {
  'namespace-not-labelled': (subject) => [
    ...labelNamespace(subject),
    ...(servesDefault(subject.cluster.webhooks) ? askByLabel(subject, undefined) : []),
  ],
  'namespace-disabled': (subject) => labelNamespace(subject),
  'revision-not-served': (subject) => serveRevision(subject),
  'no-webhook': () => [
    {
      text: 'Install an injector, or point the command at the cluster that has one',
      command: 'outrigger manifests | kubectl apply -f -',
    },
  ],
  'no-webhook-matches': () => [
    {
      text: 'Give namespace and pod the labels that the selectors ask for, or change the selectors',
    },
  ],
  'label-false': (subject) => [
    writePod(subject, 'labels', labels.inject, 'true', 'Change the label of the pods'),
  ],
  'label-invalid': (subject) => askByLabel(subject, undefined),
  'annotation-false': (subject) => [
    writePod(
      subject,
      'annotations',
      annotations.inject,
      'true',
      'Change the annotation of the pods',
    ),
  ],
  'host-network': ({ place }) => [
    {
      text: 'Have the pods use a network of their own; nothing else helps',
      yaml: { path: fieldText([...place.template, 'spec']), line: 'hostNetwork: false' },
    },
  ],
  'ignored-namespace': () => [{ text: 'Run the pods in another namespace; nothing else helps' }],
  'never-inject-selector': askByLabel,
  'policy-disabled': (subject, injector) => [...askByLabel(subject, injector), ...policy(injector)],
  'policy-invalid': (_subject, injector) => policy(injector),
  refused: () => [
    { text: 'Put right what the message is about; until then such pods cannot be created' },
  ],
  'namespace-unknown': ({ namespace }) => [
    {
      text: 'Add the Namespace object to the input, or name a file with --namespaces',
      command: `${commandLine('kubectl', 'get', 'namespace', namespace.name, '-o', 'yaml')} > namespaces.yaml`,
    },
  ],
  'namespace-enabled': optOut,
  'revision-matches': optOut,
  'webhook-matches': optOut,
  'label-true': optOut,
  'annotation-true': optOut,
  'always-inject-selector': optOut,
  'policy-enabled': optOut,
};

function policy(injector: InjectorFacts | undefined): Remedy[] {
  if (injector === undefined) return [];
  return [
    {
      text: `Change the policy in ${objectText(injector.source)}`,
      yaml: { path: 'config', line: 'policy: enabled' },
    },
  ];
}

/** The label that has the namespace's pods injected by somebody who is there. */
function labelNamespace({ namespace, namespaceLabels: now, cluster }: Subject): Remedy[] {
  const served = [...servedRevisions(cluster.webhooks)];
  const usual = servesDefault(cluster.webhooks);
  const [revision] = served;
  if (!usual && revision === undefined) return [];
  const label = usual
    ? `${namespaceLabels.injection}=enabled`
    : `${namespaceLabels.revision}=${revision}`;
  // Whatever istio-injection says, it hides the other label.
  const inTheWay = !usual && now !== undefined && Object.hasOwn(now, namespaceLabels.injection);
  const others = usual ? served.filter((name) => name !== 'default') : served.slice(1);
  const more = others.length === 0 ? '' : ` (or ${namespaceLabels.revision}=${others.join(', ')})`;
  const removed = inTheWay ? `${namespaceLabels.injection}-` : '';
  return [
    {
      text: `Label the namespace${more}`,
      command: commandLine(
        'kubectl',
        'label',
        'namespace',
        namespace.name,
        label,
        removed,
        '--overwrite',
      ),
    },
  ];
}

function serveRevision(subject: Subject): Remedy[] {
  const { namespaceLabels: now = {}, labels: own } = subject;
  const wanted = now[namespaceLabels.revision] ?? own[labels.revision] ?? 'default';
  const [served] = servedRevisions(subject.cluster.webhooks);
  if (served === undefined) return [];
  const tag: Remedy = {
    text: `Have revision ${served} serve ${wanted}, too`,
    command: commandLine('outrigger', 'tag', 'set', wanted, '--revision', served),
  };
  const byNamespace =
    Object.hasOwn(now, namespaceLabels.injection) || Object.hasOwn(now, namespaceLabels.revision);
  return byNamespace
    ? [...labelNamespace(subject), tag]
    : [writePod(subject, 'labels', labels.revision, served, 'Change the label of the pods'), tag];
}
