import { labels as labelNames } from '../annotations.ts';
import { ownString } from '../pod-metadata.ts';
import type { DecisionStep } from '../types.ts';
import type { Rule } from './rule.ts';

const rule = 'inject label';
const field = `metadata.labels["${labelNames.inject}"]`;

const unset: readonly DecisionStep[] = [
  { rule, outcome: 'no opinion', reason: 'label-unset', saw: { field, value: undefined } },
];

/** Only the exact texts `true` and `false` are a wish; `True` or `yes` are not. */
export const injectLabel: Rule = ({ labels }) => {
  const value = ownString(labels, labelNames.inject);
  if (value === undefined) return unset;
  const saw = { field, value };
  if (value === 'true') return [{ rule, outcome: 'inject', reason: 'label-true', saw }];
  if (value === 'false') return [{ rule, outcome: 'skip', reason: 'label-false', saw }];
  const reason = value === '' ? 'label-unset' : 'label-invalid';
  return [{ rule, outcome: 'no opinion', reason, saw }];
};
