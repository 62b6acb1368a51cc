import type { PodSecurityLevel } from '../../pod-security/violation.ts';
import type { OutputFlags } from '../documents/output-flags.ts';
import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `kube-inject`, as the command line parser hands them over. */
export interface KubeInjectOptions extends FileInjectionFlags, OutputFlags {
  /** End with a code of its own when there is anything to say about the input. */
  readonly strict?: boolean;
  readonly podSecurity?: PodSecurityLevel;
  readonly operatorFileName?: string;
}
