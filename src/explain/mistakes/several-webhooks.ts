import { namespaceLabels } from '../../inject/annotations.ts';
import type { Mistake } from '../explanation.ts';
import { configurationOf } from '../gate.ts';
import { unmetConditions } from '../webhooks/match-entries.ts';
import type { Finder } from './finder.ts';

/** More than one injector is called, or somebody changes the pod after the only one. */
export const severalWebhooks: Finder = function* ({ subject, gate }): Generator<Mistake> {
  const [first, ...rest] = gate.called;
  if (first === undefined) return;
  if (rest.length > 0 && gate.reason !== 'namespace-unknown') {
    const names = gate.called.map(({ configuration }) => configuration).join(', ');
    yield {
      code: 'several-webhooks',
      message: `${names} all match the pod: it would be injected more than once`,
      object: configurationOf(first),
      field: 'webhooks',
      remedies: [
        {
          text: `Remove or deactivate one of them, or label the namespace with one revision (${namespaceLabels.revision})`,
        },
      ],
    };
  }
  if (first.reinvocationPolicy !== 'Never') return;
  const later = subject.cluster.webhooks.filter(
    (other) =>
      !other.injects &&
      other.configuration > first.configuration &&
      unmetConditions(other, subject.namespaceLabels, subject.labels).length === 0,
  );
  if (later.length === 0) return;
  yield {
    code: 'changed-after-injection',
    message: `${[...new Set(later.map(({ configuration }) => configuration))].join(', ')} may change the pod after injection, and reinvocationPolicy Never keeps the injector from looking again: the sidecar does not know what was added`,
    object: configurationOf(first),
    field: `webhooks[${first.index}].reinvocationPolicy`,
    remedies: [{ text: 'Set reinvocationPolicy to IfNeeded' }],
  };
};
