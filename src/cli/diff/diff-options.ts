import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `diff`, as the command line parser hands them over. */
export interface DiffOptions extends FileInjectionFlags {
  /** `diff` when left out. */
  readonly output?: 'diff' | 'json-patch' | 'merge-patch';
}
