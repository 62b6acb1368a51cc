import { isJsonObject, type JsonObject } from '../../src/json.ts';
import { chartedPod } from './charted-pod.ts';
import { replica } from './replica.ts';
import { variedPod } from './varied-pod.ts';

/**
 * What the pods of a run have in common: nothing, the chart that made their workloads, or the workload and so
 * everything but their names.
 */
export const podKinds = ['differing', 'charted', 'replicas'] as const;

/** One of {@link podKinds}. */
export type PodKind = (typeof podKinds)[number];

/** So many workloads there are before they repeat: many more than anything may remember. */
export const workloads = 2000;

/** A pod of a kind. */
export function podOf(kind: PodKind, number: number): JsonObject {
  switch (kind) {
    case 'differing':
      return variedPod(number % workloads);
    case 'charted':
      return chartedPod(number % workloads);
    case 'replicas':
      return replica(number);
  }
}

/** Stands for what no two requests have in common. */
const unique = 'UNIQUEUNIQUE';
/** The same in the five characters that there are for it in the name of a token's volume. */
const shortUnique = 'SHORT';
const workloadOfReplicas = 33;

/** A body, and where in it there is what no two have in common. */
interface Form {
  readonly bytes: Buffer;
  readonly places: readonly number[];
  readonly shortPlaces: readonly number[];
}

/**
 * Makes the bodies of admission requests, each with a `uid` of its own. Pods of different workloads have a
 * name of their own as well. Replicas reach a webhook without a name, for the API server makes it up later: they
 * differ in the name of the volume with their token, and in who wrote them when.
 *
 * All that takes time happens beforehand: sending them must not cost what answering them does.
 */
export class Bodies {
  readonly #forms: readonly Form[];
  #made = 0;

  constructor(kind: PodKind) {
    const count = kind === 'replicas' ? 1 : workloads;
    this.#forms = Array.from({ length: count }, (_, number) =>
      formOf(kind === 'replicas' ? replicaReview() : review(named(podOf(kind, number)))),
    );
  }

  next(): Buffer {
    const form = this.#forms[this.#made % this.#forms.length];
    if (form === undefined) throw new Error('there are no pods');
    this.#made++;
    const id = String(this.#made).padStart(unique.length, '0');
    const body = Buffer.from(form.bytes);
    for (const place of form.places) body.write(id, place, 'latin1');
    const shortId = id.slice(-shortUnique.length);
    for (const place of form.shortPlaces) body.write(shortId, place, 'latin1');
    return body;
  }
}

function formOf(body: string): Form {
  const bytes = Buffer.from(body);
  return { bytes, places: placesOf(bytes, unique), shortPlaces: placesOf(bytes, shortUnique) };
}

function placesOf(bytes: Buffer, text: string): readonly number[] {
  const places = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
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
