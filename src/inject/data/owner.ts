/**
 * Who made a pod, guessed from the pod itself (`pkg/kube/util.go`, GetDeployMetaFromPod).
 * Exports: {@link ownerOf}.
 */
import { isJsonObject, type JsonObject } from '../../json.ts';
import { labels as labelNames } from '../annotations.ts';
import { controllerReference } from '../controller-reference.ts';
import { ownString, podLabels } from '../pod-metadata.ts';
import type { OwnerMeta } from '../types.ts';

type Owner = Omit<OwnerMeta, 'namespace'>;

/**
 * The workload behind a pod: the Deployment above its ReplicaSet, the CronJob above its Job, and so on; the
 * pod itself when nothing tells. Never throws.
 *
 * @param namespace the pod's, which becomes the owner's
 */
export function ownerOf(pod: JsonObject, namespace: string): OwnerMeta {
  const metadata = isJsonObject(pod['metadata']) ? pod['metadata'] : {};
  const podName = ownString(metadata, 'name') ?? '';
  // Only a generated name says that the owner, not the user, made the pod.
  const controller = ownString(metadata, 'generateName') ? controllerReference(pod) : undefined;
  if (controller === undefined) return { apiVersion: 'v1', kind: 'Pod', name: podName, namespace };
  const { apiVersion, kind, name } = workloadAbove(controller, podLabels(pod));
  return { apiVersion, kind, name: name || podName, namespace };
}

function workloadAbove(owner: Owner, labels: JsonObject): Owner {
  const { apiVersion, kind, name } = owner;
  switch (kind) {
    case 'ReplicaSet': {
      const deployment = withoutHash(name, ownString(labels, labelNames.podTemplateHash));
      if (deployment !== undefined) return { apiVersion, kind: 'Deployment', name: deployment };
      const rollout = withoutHash(name, ownString(labels, labelNames.rolloutsPodTemplateHash));
      if (rollout !== undefined) return { apiVersion: 'v1alpha1', kind: 'Rollout', name: rollout };
      return owner;
    }
    case 'ReplicationController': {
      const config = ownString(labels, labelNames.deploymentConfig);
      return config ? { apiVersion, kind: 'DeploymentConfig', name: config } : owner;
    }
    case 'Job': {
      // A CronJob's Jobs end in their scheduled time, in minutes or seconds.
      const cronJob = /^(.+)-[0-9]{8,10}$/.exec(name)?.[1];
      return cronJob === undefined
        ? owner
        : { apiVersion: 'batch/v1', kind: 'CronJob', name: cronJob };
    }
    default:
      return owner;
  }
}

/** A ReplicaSet's name without its hash; undefined when it does not end in it. */
function withoutHash(name: string, hash: string | undefined): string | undefined {
  if (!hash || !name.endsWith(hash)) return undefined;
  const suffix = `-${hash}`;
  return name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
