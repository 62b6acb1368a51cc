import type { FollowStatus } from '../../kube/followed.ts';
import type { ConfigurationStatus } from '../../serving/configuration-holder.ts';
import type { NamespaceSummary } from '../../serving/summarise-namespaces.ts';
import type { PodInjector } from '../../webhook/review/review-pod.ts';

/** What the server injects by. It changes while the server runs. */
export interface ServingConfiguration {
  /** Where it comes from, for people: `built in`, the files, or the ConfigMaps. */
  readonly description: string;
  /** Whether proxies run as native sidecars, for people. */
  readonly nativeSidecars: string;
  /** The injector in force; undefined while there is no configuration. */
  current(): PodInjector | undefined;
  /** Why pods cannot be injected as they should be; empty when they can. */
  readiness(): readonly string[];
  /** For metrics and diagnosis. */
  status(): {
    readonly configuration: ConfigurationStatus;
    /** Everything of the cluster that is followed. */
    readonly followed: readonly FollowStatus[];
  };
  /** What injection does in which namespace; undefined when namespaces are not looked at. */
  namespaces(): NamespaceSummary | undefined;
  /** Ends everything that goes on in the background. */
  stop(): Promise<void>;
}
