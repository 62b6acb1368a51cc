import { annotations as annotationNames, labels as labelNames } from '../annotations.ts';
import { ownString } from '../pod-metadata.ts';
import type { DecisionStep } from '../types.ts';
import type { Rule } from './rule.ts';

const rule = 'inject annotation';
const field = `metadata.annotations["${annotationNames.inject}"]`;

const unset: readonly DecisionStep[] = [
  { rule, outcome: 'no opinion', reason: 'annotation-unset', saw: { field, value: undefined } },
];

/**
 * The older spelling of the wish. It counts only while the label is absent: even an empty or invalid
 * label hides it (`pkg/kube/inject/inject.go`, injectRequired).
 */
export const injectAnnotation: Rule = ({ labels, annotations }) => {
  const value = ownString(annotations, annotationNames.inject);
  if (value === undefined) return unset;
  const saw = { field, value };
  if (ownString(labels, labelNames.inject) !== undefined) {
    return [{ rule, outcome: 'no opinion', reason: 'annotation-hidden-by-label', saw }];
  }
  if (value === 'true') return [{ rule, outcome: 'inject', reason: 'annotation-true', saw }];
  if (value === 'false') return [{ rule, outcome: 'skip', reason: 'annotation-false', saw }];
  const reason = value === '' ? 'annotation-unset' : 'annotation-invalid';
  return [{ rule, outcome: 'no opinion', reason, saw }];
};
