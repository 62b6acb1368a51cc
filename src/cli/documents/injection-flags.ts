import type { ClusterSourceFlags } from '../configuration/cluster-source-flags.ts';
import type { ConfigurationFlags } from '../configuration/configuration-flags.ts';

/** The flags that say how manifests are injected; the same for every command that does so. */
export interface InjectionFlags extends ConfigurationFlags, ClusterSourceFlags {
  readonly nativeSidecars?: 'true' | 'false';
  /** Decide as the cluster would: by policy, selectors and the labels of namespaces. */
  readonly asAdmission?: boolean;
  /** The name that `asAdmission` had before. */
  readonly clusterRules?: boolean;
  /** File with Namespace objects; implies `asAdmission`. */
  readonly namespaces?: string;
  /** Namespace of objects that name none. */
  readonly namespace?: string;
  /** Kinds with pod templates, as `group/Kind=path`. */
  readonly podTemplate?: readonly string[];
}
