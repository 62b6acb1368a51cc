import { labels, namespaceLabels } from '../../inject/annotations.ts';
import { nearestName } from '../../settings/nearest-name.ts';
import type { Mistake } from '../explanation.ts';
import { labelField, objectText } from '../object-name.ts';
import { podField } from '../second-gate.ts';
import { servedRevisions, servesDefault } from '../webhooks/served-revisions.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

/** A revision is asked for that no webhook answers to; the pod then has no sidecar, and nobody complains. */
export const unservedRevision: Finder = function* ({ subject }): Generator<Mistake> {
  const { cluster, namespaceLabels: ofNamespace = {} } = subject;
  if (cluster.webhooks.every(({ injects }) => !injects)) return;
  const served = servedRevisions(cluster.webhooks);
  const wanted = ofNamespace[namespaceLabels.revision];
  if (wanted !== undefined && !served.has(wanted)) {
    yield {
      code: 'revision-not-served',
      message: sentence(wanted, served),
      object: namespaceOf(subject),
      field: labelField(namespaceLabels.revision),
      remedies: [],
    };
  }
  const byPod = subject.labels[labels.revision];
  if (byPod !== undefined && byPod !== wanted && !served.has(byPod)) {
    yield {
      code: 'revision-not-served',
      message: sentence(byPod, served),
      object: subject.name,
      field: podField(subject, labelField(labels.revision)),
      remedies: [],
    };
  }
  if (ofNamespace[namespaceLabels.injection] === 'enabled' && !servesDefault(cluster.webhooks)) {
    yield {
      code: 'revision-not-served',
      message: `${objectText(namespaceOf(subject))} asks for the default revision, which no webhook serves; ${there(served)}`,
      object: namespaceOf(subject),
      field: labelField(namespaceLabels.injection),
      remedies: [],
    };
  }
};

function sentence(wanted: string, served: ReadonlySet<string>): string {
  const near = nearestName(wanted, served);
  const guess = near === undefined ? '' : `; did you mean ${near}?`;
  return `no webhook serves revision or tag ${JSON.stringify(wanted)}; ${there(served)}${guess}`;
}

function there(served: ReadonlySet<string>): string {
  return served.size === 0 ? 'there are none' : `there are ${[...served].join(', ')}`;
}
