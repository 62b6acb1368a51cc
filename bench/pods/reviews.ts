import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { replica } from './replica.ts';
import { variedPod } from './varied-pod.ts';

/** What the pods of a run have in common: nothing, or everything but their names. */
export type PodKind = 'differing' | 'replicas';

/** So many pods are made of `differing` before they repeat: many more than anything may remember. */
export const differingPods = 2000;

/** A pod of a kind. */
export function podOf(kind: PodKind, number: number): JsonObject {
  return kind === 'replicas' ? replica(number) : variedPod(number % differingPods);
}

/** Stands for what no two requests have in common. */
const unique = 'UNIQUEUNIQUE';
/** The same in the five characters that there are for it in the name of a token's volume. */
const shortUnique = 'SHORT';
const workloadOfReplicas = 33;

/**
 * Makes the bodies of admission requests, each with a `uid` of its own. Differing pods have a name of their own as
 * well. Replicas reach a webhook without a name, for the API server makes it up later: they differ in the name of
 * the volume with their token, and in who wrote them when.
 */
export class Reviews {
  readonly #texts: readonly (readonly string[])[];
  #made = 0;

  constructor(kind: PodKind) {
    const pods = kind === 'replicas' ? 1 : differingPods;
    this.#texts = Array.from({ length: pods }, (_, number) =>
      (kind === 'replicas' ? replicaReview() : review(named(podOf(kind, number)))).split(unique),
    );
  }

  /** How many bytes a body has on average. */
  get bytes(): number {
    const sizes = this.#texts.map((parts) => Buffer.byteLength(parts.join(unique)));
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / sizes.length);
  }

  next(): string {
    const parts = this.#texts[this.#made % this.#texts.length] ?? [];
    this.#made++;
    const id = String(this.#made).padStart(unique.length, '0');
    return parts.join(id).replaceAll(shortUnique, id.slice(-shortUnique.length));
  }
}

function named(pod: JsonObject): JsonObject {
  const metadata = isJsonObject(pod['metadata']) ? pod['metadata'] : {};
  return { ...pod, metadata: { ...metadata, name: `pod-${unique}` } };
}

function replicaReview(): string {
  const { apiVersion = '', kind = '', metadata, ...rest } = variedPod(workloadOfReplicas);
  const managedFields = [{ manager: 'kube-controller-manager', time: unique }];
  const known = isJsonObject(metadata) ? metadata : {};
  const pod = { apiVersion, kind, metadata: { ...known, managedFields }, ...rest };
  return review(pod).replaceAll('"kube-api-access"', `"kube-api-access-${shortUnique}"`);
}

function review(pod: JsonObject): string {
  const metadata = isJsonObject(pod['metadata']) ? pod['metadata'] : {};
  return JSON.stringify({
    kind: 'AdmissionReview',
    apiVersion: 'admission.k8s.io/v1',
    request: {
      uid: `3f1c9e52-8a54-4d5e-9d5a-${unique}`,
      kind: { group: '', version: 'v1', kind: 'Pod' },
      resource: { group: '', version: 'v1', resource: 'pods' },
      requestKind: { group: '', version: 'v1', kind: 'Pod' },
      requestResource: { group: '', version: 'v1', resource: 'pods' },
      namespace: metadata['namespace'] ?? 'default',
      operation: 'CREATE',
      userInfo: {
        username: 'system:serviceaccount:kube-system:replicaset-controller',
        groups: ['system:serviceaccounts', 'system:authenticated'],
      },
      object: pod,
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    },
  });
}
