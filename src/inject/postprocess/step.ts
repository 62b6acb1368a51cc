import type { MeshConfig, TypedValues } from '../../mesh/index.ts';
import type { Pod } from '../pod.ts';
import type { Notice } from '../types.ts';

/** What the steps after the templates go by. */
export interface PostprocessContext {
  /** The request's pod, before any template. */
  readonly original: Pod;
  /** What the templates alone make. */
  readonly templatePod: Pod;
  /** The mesh config in force for this pod. */
  readonly mesh: MeshConfig;
  readonly values: TypedValues;
  /** Environment of the proxy from the request's path, cluster and network included. */
  readonly proxyEnv: ReadonlyMap<string, string>;
  /** Revision of this injector; may be empty. */
  readonly revision: string;
  /** Annotations set on every injected pod. */
  readonly injectedAnnotations: ReadonlyMap<string, string>;
  /** Takes note of something odd that does not stop the injection. */
  readonly notice: (notice: Notice) => void;
}

/** Gives the pod one step further; the one that came in is not changed. Throws a `Refusal`. */
export type PostprocessStep = (pod: Pod, context: PostprocessContext) => Pod;
