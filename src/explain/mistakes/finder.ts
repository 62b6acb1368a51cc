/** What finders of mistakes look at. Exports: {@link Findings}, {@link Finder}. */
import type { Mistake, Outcome } from '../explanation.ts';
import type { InjectorFacts } from '../facts.ts';
import type { Gate } from '../gate.ts';
import type { Verdict } from '../second-gate.ts';
import type { Subject } from '../subject.ts';

/** A subject, and what became of it. */
export interface Findings {
  readonly subject: Subject;
  readonly gate: Gate;
  /** What the injector makes of it; absent when it is not asked. */
  readonly verdict: Verdict | undefined;
  readonly injector: InjectorFacts;
  /** What would become of the pod now. */
  readonly now: Outcome;
}

/** Finds mistakes of one kind. */
export type Finder = (findings: Findings) => Iterable<Mistake>;
