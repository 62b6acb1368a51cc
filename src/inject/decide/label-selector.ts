/**
 * Label selectors as Kubernetes evaluates them, compiled once (`k8s.io/apimachinery` LabelSelectorAsSelector).
 * Exports: {@link compileSelector}, {@link CompiledSelector}, {@link Requirement}, {@link LabelSource}.
 */
import { ownString } from '../pod-metadata.ts';
import type { LabelSelector } from '../types.ts';
import { isLabelKey, isLabelValue } from './label-syntax.ts';

/** Labels to match against; only own members that are strings count. */
export type LabelSource = { readonly [key: string]: unknown };

/** A selector that can be asked, or the reason why it never can. */
export type CompiledSelector = {
  /** As `kubectl get -l` writes it: `app=web,tier in (a,b),!legacy`. */
  readonly text: string;
} & (
  | {
      readonly kind: 'usable';
      readonly matches: (labels: LabelSource) => boolean;
      /** What `matches` asks for, all of it, for telling which part failed. */
      readonly requirements: readonly Requirement[];
    }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly problem: string }
);

/** One condition on one label. */
export interface Requirement {
  readonly text: string;
  readonly holds: (value: string | undefined) => boolean;
  readonly key: string;
  /** The values that it names. */
  readonly values: readonly string[];
}

/** Compiles a selector. Never throws: a selector that Kubernetes would refuse comes back as `invalid`. */
export function compileSelector(selector: LabelSelector): CompiledSelector {
  const requirements: Requirement[] = [];
  let problem: string | undefined;
  const add = (key: string, operator: string, values: readonly string[]): void => {
    const checked = problemOf(key, operator, values);
    if (checked === undefined) requirements.push(requirement(key, operator, values));
    else problem ??= checked;
  };
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) add(key, '=', [value]);
  for (const expression of selector.matchExpressions ?? []) {
    add(expression.key, expression.operator, expression.values ?? []);
  }
  if (problem !== undefined) return { kind: 'invalid', text: JSON.stringify(selector), problem };
  if (requirements.length === 0) return { kind: 'empty', text: '{}' };
  return {
    kind: 'usable',
    requirements,
    text: requirements.map((one) => one.text).join(','),
    matches: (labels) => requirements.every((one) => one.holds(ownString(labels, one.key))),
  };
}

function problemOf(key: string, operator: string, values: readonly string[]): string | undefined {
  if (!isLabelKey(key)) return `"${key}" is not a valid label key`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) return `operator ${operator} on "${key}" needs values`;
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) return `operator ${operator} on "${key}" takes no values`;
      break;
    case '=':
      break;
    default:
      return `"${operator}" is not a valid label selector operator`;
  }
  const wrong = values.find((value) => !isLabelValue(value));
  return wrong === undefined ? undefined : `"${wrong}" is not a valid value of label "${key}"`;
}

function requirement(key: string, operator: string, values: readonly string[]): Requirement {
  const set = new Set(values);
  switch (operator) {
    case 'In':
      return {
        key,
        values,
        text: `${key} in (${values.join(',')})`,
        holds: (value) => value !== undefined && set.has(value),
      };
    case 'NotIn':
      return {
        key,
        values,
        text: `${key} notin (${values.join(',')})`,
        holds: (value) => value === undefined || !set.has(value),
      };
    case 'Exists':
      return { key, values, text: key, holds: (value) => value !== undefined };
    case 'DoesNotExist':
      return { key, values, text: `!${key}`, holds: (value) => value === undefined };
    default:
      return {
        key,
        values,
        text: `${key}=${values.join()}`,
        holds: (value) => value !== undefined && set.has(value),
      };
  }
}
