import { namespaceLabels } from '../../inject/annotations.ts';
import { ignoredNamespaces } from '../../inject/decide/ignored-namespace.ts';
import { commandLine } from '../command-line.ts';
import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

/** A namespace that is always left alone has a label that says otherwise. */
export const ignoredNamespace: Finder = function* ({ subject }): Generator<Mistake> {
  const { namespace, namespaceLabels: found } = subject;
  if (!ignoredNamespaces.has(namespace.name)) return;
  const name = [namespaceLabels.injection, namespaceLabels.revision].find(
    (label) => found !== undefined && Object.hasOwn(found, label) && found[label] !== 'disabled',
  );
  if (name === undefined) return;
  yield {
    code: 'ignored-namespace-labelled',
    message: `${namespace.name} is labelled for injection, but its pods are never injected, whatever labels say`,
    object: namespaceOf(subject),
    field: labelField(name),
    remedies: [
      {
        text: 'Take the label away',
        command: commandLine('kubectl', 'label', 'namespace', namespace.name, `${name}-`),
      },
    ],
  };
};
