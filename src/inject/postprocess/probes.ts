import { annotations as names } from '../annotations.ts';
import { findSidecar } from '../container-place.ts';
import { parseBool } from '../parse-bool.ts';
import { annotationsOf, type TextMap } from '../pod.ts';
import { tellAgentProbers } from './prober-env.ts';
import { rewriteProbes } from './rewrite-probes.ts';
import type { PostprocessStep } from './step.ts';

/**
 * Sends the application's probes through the agent, if annotation or values want it
 * (`pkg/kube/inject/app_probe.go`).
 */
export const redirectProbes: PostprocessStep = (pod, { mesh, values, notice }) => {
  if (findSidecar(pod) === undefined) return pod;
  const annotations = annotationsOf(pod);
  const wish = parseBool(annotations[names.rewriteAppHTTPProbers] ?? '');
  if (!(wish ?? values.rewriteAppHttpProbe === true)) return pod;
  const statusPort = mesh.defaultConfig?.statusPort ?? 0;
  const target = probePort(annotations, statusPort);
  if (Number.isNaN(target)) {
    notice({
      code: 'probe-port-invalid',
      message: `annotation ${names.statusPort} is not a number without spaces around it: the probes point at port 0`,
    });
  }
  return rewriteProbes(tellAgentProbers(pod, statusPort), target || 0);
};

const decimal = /^[+-]?[0-9]+$/;

/** Unlike validation, upstream does not trim the annotation here, so one with spaces is no number. */
function probePort(annotations: TextMap, statusPort: number): number {
  const wish = annotations[names.statusPort];
  if (wish === undefined) return statusPort;
  return decimal.test(wish) ? Number(wish) : Number.NaN;
}
