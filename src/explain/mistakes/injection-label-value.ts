import { namespaceLabels } from '../../inject/annotations.ts';
import { commandLine } from '../command-line.ts';
import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

const name = namespaceLabels.injection;

/** `istio-injection: true`: any text but `enabled` turns injection off. */
export const injectionLabelValue: Finder = function* ({ subject }): Generator<Mistake> {
  const value = subject.namespaceLabels?.[name];
  if (value === undefined || value === 'enabled' || value === 'disabled') return;
  yield {
    code: 'namespace-label-value',
    message: `${name} is ${JSON.stringify(value)}; only "enabled" turns injection on, and any other text turns it off`,
    object: namespaceOf(subject),
    field: labelField(name),
    remedies: [
      {
        text: 'Write enabled',
        command: commandLine(
          'kubectl',
          'label',
          'namespace',
          subject.namespace.name,
          `${name}=enabled`,
          '--overwrite',
        ),
      },
    ],
  };
};
