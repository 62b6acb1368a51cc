import type { PodSecurityLevel } from '../../pod-security/violation.ts';
import type { OutputFlags } from '../documents/output-flags.ts';
import type { FileInjectionFlags } from '../documents/prepare-injection.ts';

/** The flags of `kube-inject`, as the command line parser hands them over. */
export interface KubeInjectOptions extends FileInjectionFlags, OutputFlags {
  readonly podSecurity?: PodSecurityLevel;
  readonly operatorFileName?: string;
}
