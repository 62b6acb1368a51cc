import { annotations, labels } from '../inject/annotations.ts';
import { ownString, podAnnotations, podLabels } from '../inject/pod-metadata.ts';
import type { ApiServer } from '../kube/api-server.ts';
import type { PodToInject } from './audit-pods.ts';
import { tryPod } from './try-pod.ts';

/** What came of asking. */
export interface StampsInForce {
  /** By name of the webhook configuration. */
  readonly stamps: ReadonlyMap<string, string>;
  /** Why some could not be had, for people. */
  readonly troubles: readonly string[];
}

/**
 * What the injectors would write on a pod that is created now. The API server tries a pod out for each webhook
 * configuration whose pods have such stamps, in the namespace of one of them: that holds wherever an injector has its
 * configuration from, and whatever flags it runs with.
 */
export async function stampsInForce(
  api: ApiServer,
  pods: readonly PodToInject[],
): Promise<StampsInForce> {
  const stamps = new Map<string, string>();
  const troubles: string[] = [];
  for (const [configuration, { pod, namespace }] of examples(pods)) {
    const given = podLabels(pod);
    const deciding = [labels.inject, labels.revision].flatMap((name) => {
      const value = ownString(given, name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const where = `a pod tried out in namespace ${namespace}`;
    try {
      const tried = await tryPod(api, namespace, Object.fromEntries(deciding));
      const stamp = ownString(podAnnotations(tried), annotations.configuration);
      if (stamp === undefined) troubles.push(`${where} got no mark of its configuration`);
      else stamps.set(configuration, stamp);
    } catch (error) {
      troubles.push(`${where}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { stamps, troubles };
}

/** One stamped pod of each webhook configuration. */
function examples(pods: readonly PodToInject[]): Map<string, PodToInject> {
  const found = new Map<string, PodToInject>();
  for (const one of pods) {
    const [{ configuration }] = one.called;
    if (one.stamp !== undefined && !found.has(configuration)) found.set(configuration, one);
  }
  return found;
}
