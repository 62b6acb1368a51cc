import { namespaceLabels } from '../../inject/annotations.ts';
import { commandLine } from '../command-line.ts';
import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

/** `istio-injection` hides `istio.io/rev`, whatever the two say. */
export const bothNamespaceLabels: Finder = function* ({ subject }): Generator<Mistake> {
  const { injection, revision } = namespaceLabels;
  const value = subject.namespaceLabels?.[injection];
  const hidden = subject.namespaceLabels?.[revision];
  if (value === undefined || hidden === undefined) return;
  const winner =
    value === 'enabled' ? 'the default revision injects its pods' : 'none of its pods are injected';
  yield {
    code: 'namespace-labels-both',
    message: `the namespace has ${injection}=${value} and ${revision}=${hidden}; the first one wins, so ${winner}, and ${revision} counts for nothing`,
    object: namespaceOf(subject),
    field: labelField(revision),
    remedies: [
      {
        text: `To go by ${revision}`,
        command: commandLine(
          'kubectl',
          'label',
          'namespace',
          subject.namespace.name,
          `${injection}-`,
        ),
      },
    ],
  };
};
