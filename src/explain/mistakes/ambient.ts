import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import type { Finder } from './finder.ts';
import { namespaceOf } from './namespace-of.ts';

const name = 'istio.io/dataplane-mode';

/** In ambient mode pods are in the mesh without a sidecar. */
export const ambient: Finder = function* ({ subject, now }): Generator<Mistake> {
  if (subject.namespaceLabels?.[name] !== 'ambient' || now === 'injected') return;
  yield {
    code: 'ambient',
    message: 'the namespace is in ambient mode, in which pods are in the mesh without a sidecar',
    object: namespaceOf(subject),
    field: labelField(name),
    remedies: [],
  };
};
