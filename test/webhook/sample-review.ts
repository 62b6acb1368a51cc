import type { JsonObject } from '../../src/json.ts';

/** A pod as a ReplicaSet asks for it. */
export function pod(labels: { [name: string]: string } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: 'web-5d4f-',
      labels: { app: 'web', 'pod-template-hash': '5d4f', ...labels },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f', uid: '1', controller: true },
      ],
    },
    spec: {
      containers: [{ name: 'web', image: 'web:1', env: [{ name: 'PASSWORD', value: 'hunter2' }] }],
    },
  };
}

/** An AdmissionReview about a pod; `request` replaces members of the request. */
export function review(request: JsonObject = {}, apiVersion = 'admission.k8s.io/v1'): JsonObject {
  return {
    apiVersion,
    kind: 'AdmissionReview',
    request: {
      uid: 'u-1',
      kind: { group: '', version: 'v1', kind: 'Pod' },
      namespace: 'shop',
      operation: 'CREATE',
      dryRun: false,
      object: pod(),
      ...request,
    },
  };
}
