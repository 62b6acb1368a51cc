import { annotations, labels } from '../annotations.ts';
import { ownString } from '../pod-metadata.ts';
import type { Notice } from '../types.ts';
import type { Hint } from './hint.ts';

const name = labels.inject;

/** The pod's wish for or against a sidecar is written so that it does not do what it says. */
export const injectWish: Hint = ({ pod }) => {
  const label = ownString(pod.labels, name);
  const annotation = ownString(pod.annotations, annotations.inject);
  const notices: Notice[] = [];
  if (label !== undefined) {
    if (!isValid(label)) notices.push(invalid('label', label));
    const hidden = hiddenAnnotation(label, annotation);
    if (hidden !== undefined) notices.push(hidden);
  } else if (annotation !== undefined && !isValid(annotation)) {
    notices.push(invalid('annotation', annotation));
  }
  return notices;
};

/** An empty text is a way to say nothing. */
function isValid(value: string): boolean {
  return value === 'true' || value === 'false' || value === '';
}

function invalid(where: 'label' | 'annotation', value: string): Notice {
  return {
    code: `inject-${where}-invalid`,
    path: ['metadata', `${where}s`, name],
    message: `${where} ${name} is ${JSON.stringify(value)}; only "true" and "false" count, so it is as if it were not there`,
  };
}

function hiddenAnnotation(label: string, annotation: string | undefined): Notice | undefined {
  if (annotation === label || (annotation !== 'true' && annotation !== 'false')) return undefined;
  return {
    code: 'inject-label-hides-annotation',
    path: ['metadata', 'annotations', name],
    message: `annotation ${name} is "${annotation}" but has no effect: the label of the same name (${JSON.stringify(label)}) is there, and it wins; remove one of them`,
  };
}
