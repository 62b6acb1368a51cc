import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `explain`, as the command line parser hands them over. */
export interface ExplainOptions extends FileInjectionFlags {
  /** `text` when left out. */
  readonly output?: 'text' | 'json' | 'yaml';
}
