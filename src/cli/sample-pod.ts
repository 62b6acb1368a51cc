import type { JsonObject } from '../json.ts';

/** A pod as the ReplicaSet of a small Deployment would ask for it: with a probe, so that there is something to see. */
export const samplePod: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    generateName: 'hello-6c9f8d7b5-',
    labels: { app: 'hello', version: 'v1', 'pod-template-hash': '6c9f8d7b5' },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: 'hello-6c9f8d7b5',
        uid: '7c2a0f5e-0d38-4f0b-9a53-0c8f7f6f3c11',
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  },
  spec: {
    serviceAccountName: 'hello',
    containers: [
      {
        name: 'hello',
        image: 'registry.example/hello:1.0',
        ports: [{ name: 'http', containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
      },
    ],
  },
};
