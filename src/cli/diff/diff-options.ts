import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `diff`, as the command line parser hands them over. */
export interface DiffOptions extends FileInjectionFlags {
  /** `diff` when left out. */
  readonly output?: 'diff' | 'json-patch' | 'merge-patch';
  /** Compare with what is in the cluster, not with the files. */
  readonly live?: boolean;
  /** As whom the API server is asked to apply; `outrigger` when left out. */
  readonly fieldManager?: string;
}
