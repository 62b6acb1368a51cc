import { findSidecar, replaceContainer } from '../container-place.ts';
import type { EnvVar } from '../pod.ts';
import type { PostprocessStep } from './step.ts';

/**
 * Gives the proxy the variables that the request's path, the values and the pod's network decide. Whatever
 * the templates gave under those names is dropped, so the variables move to the end of the list, sorted
 * (`pkg/kube/inject/webhook.go`, updateClusterEnvs).
 */
export const setClusterEnv: PostprocessStep = (pod, { proxyEnv }) => {
  if (proxyEnv.size === 0) return pod;
  const sidecar = findSidecar(pod);
  if (sidecar === undefined) return pod;
  const kept = (sidecar.container.env ?? []).filter(({ name }) => !proxyEnv.has(name ?? ''));
  const added = [...proxyEnv.keys()].sort().map((name) => variable(name, proxyEnv.get(name)));
  return replaceContainer(pod, sidecar, { ...sidecar.container, env: [...kept, ...added] });
};

function variable(name: string, value: string | undefined): EnvVar {
  return value ? { name, value } : { name };
}
