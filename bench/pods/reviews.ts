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

/** Makes the bodies of admission requests, each with a `uid` and a pod's name of its own. */
export class Reviews {
  readonly #texts: readonly (readonly string[])[];
  #made = 0;

  constructor(kind: PodKind) {
    const pods = kind === 'replicas' ? 1 : differingPods;
    this.#texts = Array.from({ length: pods }, (_, number) =>
      JSON.stringify(review(podOf(kind, number))).split(unique),
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
    return parts.join(String(this.#made).padStart(unique.length, '0'));
  }
}

function review(pod: JsonObject): JsonObject {
  const metadata = isJsonObject(pod['metadata']) ? pod['metadata'] : {};
  return {
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
      object: { ...pod, metadata: { ...metadata, name: `pod-${unique}` } },
      oldObject: null,
      dryRun: false,
      options: { kind: 'CreateOptions', apiVersion: 'meta.k8s.io/v1' },
    },
  };
}
