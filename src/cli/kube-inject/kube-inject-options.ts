import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';

/** The flags of `kube-inject`, as the command line parser hands them over. */
export interface KubeInjectOptions extends ConfigurationFlags {
  readonly filename?: readonly string[];
  readonly output?: string;
  readonly inPlace?: boolean;
  readonly nativeSidecars?: 'true' | 'false';
  readonly clusterRules?: boolean;
  readonly podTemplate?: readonly string[];
  readonly operatorFileName?: string;
  readonly meshConfigMapName?: string;
  readonly injectConfigMapName?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}
