import type { PodSecurityLevel } from '../../pod-security/violation.ts';
import type { FileInjectionFlags } from '../documents/prepare-injection.ts';
import type { ResultFormat } from '../documents/result-writer.ts';

/** The flags of `kube-inject`, as the command line parser hands them over. */
export interface KubeInjectOptions extends FileInjectionFlags {
  /** Write nothing; only say what would change. */
  readonly check?: boolean;
  readonly output?: string;
  readonly outputFormat?: ResultFormat;
  readonly inPlace?: boolean;
  readonly podSecurity?: PodSecurityLevel;
  readonly operatorFileName?: string;
  readonly meshConfigMapName?: string;
  readonly injectConfigMapName?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}
