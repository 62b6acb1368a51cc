import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';

/** The flags that say how manifests are injected; the same for every command that does so. */
export interface InjectionFlags extends ConfigurationFlags {
  readonly nativeSidecars?: 'true' | 'false';
  /** Go by the policy and the selectors of the configuration. */
  readonly clusterRules?: boolean;
  /** Kinds with pod templates, as `group/Kind=path`. */
  readonly podTemplate?: readonly string[];
}
