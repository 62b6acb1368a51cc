import type { Pod } from '../pod.ts';
import { setClusterEnv } from './cluster-env.ts';
import { orderContainers } from './container-order.ts';
import { setMetadata } from './metadata.ts';
import { redirectProbes } from './probes.ts';
import { mergePrometheus } from './prometheus-merge.ts';
import { announceSecurePort } from './secure-port.ts';
import type { PostprocessContext, PostprocessStep } from './step.ts';

/** In upstream's order (`pkg/kube/inject/webhook.go`, postProcessPod); later steps see what earlier ones did. */
const steps: readonly PostprocessStep[] = [
  setClusterEnv,
  mergePrometheus,
  announceSecurePort,
  redirectProbes,
  setMetadata,
  orderContainers,
];

/** Finishes a pod that the templates were merged into. Throws a `Refusal`. */
export function postprocess(pod: Pod, context: PostprocessContext): Pod {
  return steps.reduce((current, step) => step(current, context), pod);
}
