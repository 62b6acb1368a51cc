import type { OutputFlags } from '../documents/output-flags.ts';
import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `uninject`, as the command line parser hands them over. */
export interface UninjectOptions
  extends Omit<
      FileInjectionFlags,
      'asAdmission' | 'clusterRules' | 'namespaces' | 'nativeSidecars'
    >,
    OutputFlags {}
