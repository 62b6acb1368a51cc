import type { MeshConfig, ProxyConfigResources, Values } from '../../mesh/index.ts';
import type { DecisionPolicy } from '../decide/rule.ts';
import type { CompiledTemplate } from './compile-templates.ts';
import type { InjectorConfig } from './injector-config.ts';

/**
 * Everything that the engine goes by, apart from the request: read, checked and compiled once, then never
 * changed. A reload makes a new one and swaps the reference.
 */
export interface InjectionConfiguration {
  /** Identifies the sources this was made from; worked out at the edge, opaque here. */
  readonly hash: string;
  readonly config: InjectorConfig;
  /** The templates of `config`, ready to run. */
  readonly templates: ReadonlyMap<string, CompiledTemplate>;
  /** The deciding part of `config`, compiled; offline: `offlinePolicy`. */
  readonly decision: DecisionPolicy;
  readonly values: Values;
  readonly mesh: MeshConfig;
  /** ProxyConfig resources of the cluster; undefined offline and where they are not watched. */
  readonly proxyConfigResources?: ProxyConfigResources | undefined;
  /** Revision of this injector; may be empty. */
  readonly revision: string;
  readonly nativeSidecars: NativeSidecars;
  /** `COMPLIANCE_POLICY`, handed to the templates. */
  readonly compliancePolicy: string;
  /** `PLATFORM`; `openshift` turns on what OpenShift needs. */
  readonly platform: string;
  readonly trust: TrustOptions;
}

/**
 * Whether proxies run as native sidecars: settled, or to be asked for a pod. `nodeName` is the node that
 * the pod names already, `cluster` the one that it runs in.
 */
export type NativeSidecars = boolean | ((nodeName: string | undefined, cluster: string) => boolean);

/** How far templates are trusted; upstream trusts them without limit. */
export interface TrustOptions {
  /** The environment that template functions (`env`, `expandenv`) can see. */
  readonly environment: ReadonlyMap<string, string>;
  /**
   * Text of pods may become structure of what templates render to, as it may upstream. Otherwise such a pod
   * is refused.
   */
  readonly annotations?: boolean;
}
