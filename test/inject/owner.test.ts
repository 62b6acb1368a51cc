import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownerOf } from '../../src/inject/data/owner.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';

function made(
  kind: string,
  name: string,
  { labels = {}, apiVersion = 'apps/v1' }: { labels?: JsonObject; apiVersion?: string } = {},
): JsonObject {
  return {
    metadata: {
      name: 'the-pod',
      generateName: 'the-',
      labels,
      ownerReferences: [
        { apiVersion: 'x/v1', kind: 'Bystander', name: 'b' },
        { apiVersion, kind, name, controller: true },
        { apiVersion: 'x/v1', kind: 'Second', name: 's', controller: true },
      ],
    },
  };
}

describe('the owner of a pod', () => {
  it.each<[string, JsonObject, string, string, string]>([
    ['a pod of its own', { metadata: { name: 'p' } }, 'v1', 'Pod', 'p'],
    ['a pod that is not named yet', { metadata: { generateName: 'p-' } }, 'v1', 'Pod', ''],
    ['no metadata at all', {}, 'v1', 'Pod', ''],
    [
      'a ReplicaSet of a Deployment',
      made('ReplicaSet', 'web-7d9', { labels: { 'pod-template-hash': '7d9' } }),
      'apps/v1',
      'Deployment',
      'web',
    ],
    [
      'a ReplicaSet whose name runs into the hash',
      made('ReplicaSet', 'xabc', { labels: { 'pod-template-hash': 'abc' } }),
      'apps/v1',
      'Deployment',
      'xabc',
    ],
    [
      'a ReplicaSet that is all hash',
      made('ReplicaSet', '-abc', { labels: { 'pod-template-hash': 'abc' } }),
      'apps/v1',
      'Deployment',
      'the-pod',
    ],
    [
      'a ReplicaSet of a Rollout',
      made('ReplicaSet', 'web-66', {
        labels: { 'pod-template-hash': 'other', 'rollouts-pod-template-hash': '66' },
      }),
      'v1alpha1',
      'Rollout',
      'web',
    ],
    ['a ReplicaSet of its own', made('ReplicaSet', 'web'), 'apps/v1', 'ReplicaSet', 'web'],
    [
      'a ReplicaSet with an empty hash',
      made('ReplicaSet', 'web', { labels: { 'pod-template-hash': '' } }),
      'apps/v1',
      'ReplicaSet',
      'web',
    ],
    [
      'a ReplicationController of a DeploymentConfig',
      made('ReplicationController', 'dc-1', {
        apiVersion: 'v1',
        labels: { deploymentconfig: 'dc' },
      }),
      'v1',
      'DeploymentConfig',
      'dc',
    ],
    [
      'a ReplicationController of its own',
      made('ReplicationController', 'rc', { apiVersion: 'v1', labels: { deploymentconfig: '' } }),
      'v1',
      'ReplicationController',
      'rc',
    ],
    ['a Job named after seconds', made('Job', 'sec-1234567890'), 'batch/v1', 'CronJob', 'sec'],
    ['a Job named after minutes', made('Job', 'min-12345678'), 'batch/v1', 'CronJob', 'min'],
    ['a Job with few digits', made('Job', 'job-123'), 'apps/v1', 'Job', 'job-123'],
    ['a Job with 11 digits', made('Job', 'x-12345678901'), 'apps/v1', 'Job', 'x-12345678901'],
    ['a Job with 7 digits', made('Job', 'x-1234567'), 'apps/v1', 'Job', 'x-1234567'],
    ['any other controller', made('Widget', 'w', { apiVersion: 'w/v2' }), 'w/v2', 'Widget', 'w'],
    ['a controller without a name', made('Widget', ''), 'apps/v1', 'Widget', 'the-pod'],
  ])('%s', (_, pod, apiVersion, kind, name) => {
    expect(ownerOf(pod, 'ns')).toEqual({ apiVersion, kind, name, namespace: 'ns' });
  });

  it('is the pod itself when its name is not generated', () => {
    const pod = made('ReplicaSet', 'web');
    (pod['metadata'] as JsonObject)['generateName'] = '';
    expect(ownerOf(pod, '')).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      name: 'the-pod',
      namespace: '',
    });
  });

  it('never throws, whatever the metadata', () => {
    const reference = fc.record(
      {
        controller: fc.constantFrom(true, false, null),
        kind: fc.jsonValue(),
        name: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const metadata = fc.record(
      {
        generateName: fc.jsonValue(),
        labels: fc.jsonValue(),
        ownerReferences: fc.oneof(fc.jsonValue(), fc.array(reference)),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(metadata, fc.jsonValue()), (any) => {
        const owner = ownerOf({ metadata: any as JsonValue }, 'ns');
        for (const part of Object.values(owner)) expect(part).toBeTypeOf('string');
      }),
    );
  });
});
