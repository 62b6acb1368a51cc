/**
 * What the rules of the decision share. Exports: {@link DecisionSubject}, {@link DecisionPolicy}, {@link Rule}.
 */
import type { JsonObject } from '../../json.ts';
import type { DecisionStep } from '../types.ts';
import type { CompiledSelector, LabelSource } from './label-selector.ts';

/** The part of the injector configuration that decides. */
export interface DecisionPolicy {
  /** `enabled` or `disabled`; any other text means that nothing is injected. */
  readonly policy: string;
  readonly neverInject: readonly CompiledSelector[];
  readonly alwaysInject: readonly CompiledSelector[];
}

/** What a rule may look at. */
export interface DecisionSubject {
  readonly pod: JsonObject;
  /** The pod's own namespace, else the request's. */
  readonly namespace: string;
  readonly labels: LabelSource;
  readonly annotations: LabelSource;
  readonly policy: DecisionPolicy;
}

/** Looks at the subject and says what it saw; only the last of several steps may have an outcome. */
export type Rule = (subject: DecisionSubject) => readonly DecisionStep[];
