import { expect, test } from 'vitest';
import { baseObjects } from '../../src/install/base-objects.ts';
import { installationObjects } from '../../src/install/installation-objects.ts';
import { tagRights } from '../../src/install/tags/tag-rights.ts';
import { deactivated, tagConfiguration } from '../../src/install/tags/tag-webhooks.ts';
import type { JsonObject } from '../../src/json.ts';
import { runCli } from '../cli/run-cli.ts';

interface Entry {
  readonly name: string;
  readonly clientConfig: JsonObject;
  readonly failurePolicy: string;
  readonly namespaceSelector: { readonly matchExpressions: readonly JsonObject[] };
  readonly objectSelector: { readonly matchExpressions: readonly JsonObject[] };
}

const canary = installationObjects(baseObjects(), {
  revision: 'canary',
  namespace: 'mesh',
  istioNamespace: 'istio-system',
}).find(({ kind }) => kind === 'MutatingWebhookConfiguration')!;

function tagged(tag: string, more: { readonly autoInjectNamespaces?: boolean } = {}) {
  const name = `istio-revision-tag-${tag}`;
  const object = tagConfiguration(canary, { tag, revision: 'canary', name, ...more });
  return { object, entries: object['webhooks'] as unknown as readonly Entry[] };
}

test('a tag calls the server of its revision for what names the tag', () => {
  const { entries } = tagged('prod');
  expect(entries.map(({ name }) => name)).toEqual([
    'rev.namespace.sidecar-injector.istio.io',
    'rev.object.sidecar-injector.istio.io',
  ]);
  for (const { clientConfig, failurePolicy } of entries) {
    expect(clientConfig['service']).toMatchObject({ name: 'outrigger-canary', namespace: 'mesh' });
    expect(failurePolicy).toBe('Fail');
  }
  const names = { key: 'istio.io/rev', operator: 'In', values: ['prod'] };
  expect(entries[0]!.namespaceSelector.matchExpressions).toContainEqual(names);
  expect(entries[1]!.objectSelector.matchExpressions).toContainEqual(names);
});

test('a tag leaves the same namespaces alone as its revision', () => {
  for (const { namespaceSelector } of tagged('default').entries) {
    expect(namespaceSelector.matchExpressions).toContainEqual({
      key: 'kubernetes.io/metadata.name',
      operator: 'NotIn',
      values: ['mesh', 'kube-system'],
    });
  }
});

test('the tag default also takes what names no revision, and everything only when asked to', () => {
  const prefixes = (more = {}) =>
    tagged('default', more).entries.map(({ name }) =>
      name.replace('sidecar-injector.istio.io', ''),
    );
  const usual = ['rev.namespace.', 'rev.object.', 'namespace.', 'object.'];
  expect(prefixes()).toEqual(usual);
  expect(prefixes({ autoInjectNamespaces: true })).toEqual([...usual, 'auto.']);
});

test('a tag carries the labels of its revision, but for those that stand for the revision itself', () => {
  expect(tagged('prod').object['metadata']).toEqual({
    name: 'istio-revision-tag-prod',
    labels: {
      'app.kubernetes.io/name': 'outrigger',
      'istio.io/rev': 'canary',
      'istio.io/tag': 'prod',
    },
  });
});

test('a deactivated configuration makes as good a tag as before', () => {
  const name = 'istio-revision-tag-prod';
  const settings = { tag: 'prod', revision: 'canary', name };
  expect(tagConfiguration(deactivated(canary), settings)).toEqual(tagged('prod').object);
});

test('the injector may patch the one configuration, and no other', () => {
  const { role, binding } = tagRights(tagged('prod').object)!;
  expect(role['rules']).toEqual([
    {
      apiGroups: ['admissionregistration.k8s.io'],
      resources: ['mutatingwebhookconfigurations'],
      resourceNames: ['istio-revision-tag-prod'],
      verbs: ['patch'],
    },
  ]);
  expect(binding['subjects']).toEqual([
    { kind: 'ServiceAccount', name: 'outrigger-canary', namespace: 'mesh' },
  ]);
});

test('outrigger tag refuses names that cannot be labels, and a tag without a revision', async () => {
  for (const args of [
    ['set', 'Prod', '--revision=canary'],
    ['set', 'prod'],
    ['set', 'prod', '--revision=a_b'],
    ['remove'],
  ]) {
    expect({ args, code: (await runCli(['tag', ...args])).code }).toEqual({ args, code: 64 });
  }
});
