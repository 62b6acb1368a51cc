import type { FunctionMap } from '../value/model.ts';
import type { MissingKey } from './fields.ts';
import type { Insight } from './insight.ts';
import type { Scope } from './scope.ts';

/** What the parts of the compiler share while one template body is compiled. */
export interface Compiler {
  readonly functions: FunctionMap;
  readonly missingKey: MissingKey;
  readonly scope: Scope;
  /** What is known ahead; absent for the template itself, which knows nothing of its data. */
  readonly insight?: Insight;
}

/** The final argument of a command that has none: nothing was piped into it. */
export const MISSING: unique symbol = Symbol('missing');
