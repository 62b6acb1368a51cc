import type { InjectionFlags } from '../documents/injection-flags.ts';

/** The flags of `diff`, as the command line parser hands them over. */
export interface DiffOptions extends InjectionFlags {
  readonly filename?: readonly string[];
  /** `diff` when left out. */
  readonly output?: 'diff' | 'json-patch' | 'merge-patch';
}
