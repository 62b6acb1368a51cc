import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { baseObjects } from '../../src/install/base-objects.ts';
import { installationObjects } from '../../src/install/installation-objects.ts';
import type { JsonObject } from '../../src/json.ts';
import { packageInfo } from '../../src/package.ts';
import { runCli } from '../cli/run-cli.ts';

/** Members of printed objects are looked at without ado. */
// biome-ignore lint/suspicious/noExplicitAny: what is not there fails the test
type Loose = Record<string, any>;

async function print(...args: string[]): Promise<JsonObject[]> {
  const { code, stdout, stderr } = await runCli(['manifests', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return parseAllDocuments(stdout).map((document) => document.toJS() as JsonObject);
}

function find(objects: readonly JsonObject[], kind: string): Loose {
  return objects.find((object) => object['kind'] === kind)!;
}

function webhooksOf(objects: readonly JsonObject[]): Loose[] {
  return find(objects, 'MutatingWebhookConfiguration')['webhooks'];
}

describe('outrigger manifests', () => {
  test('prints manifests/base as it is when nothing is asked for', async () => {
    expect(await print()).toEqual(baseObjects());
  });

  test('prints every file of manifests/base', () => {
    const folder = join(packageInfo().root, 'manifests', 'base');
    const files = readdirSync(folder).filter((name) => name !== 'kustomization.yaml');
    const kinds = files.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/^kind: (\w+)$/gm)].map(
        ([, kind]) => kind,
      ),
    );
    expect(
      baseObjects()
        .map((object) => object['kind'])
        .sort(),
    ).toEqual(kinds.sort());
  });

  test('gives a named revision only the webhooks for what names it', async () => {
    const webhooks = webhooksOf(await print('--revision', 'canary'));
    expect(webhooks.map(({ name }) => name)).toEqual([
      'rev.namespace.sidecar-injector.istio.io',
      'rev.object.sidecar-injector.istio.io',
    ]);
    expect(webhooks[0]!['namespaceSelector'].matchExpressions[0]).toEqual({
      key: 'istio.io/rev',
      operator: 'In',
      values: ['canary'],
    });
    expect(webhooks[1]!['objectSelector'].matchExpressions[1]).toEqual({
      key: 'istio.io/rev',
      operator: 'In',
      values: ['canary'],
    });
  });

  test('keeps two revisions in one namespace apart', async () => {
    const both = [await print(), await print('--revision', 'canary')].map((objects) =>
      objects
        .filter((object) => object['kind'] !== 'Namespace')
        .map((object) => [object['kind'], (object['metadata'] as JsonObject)['name']].join('/')),
    );
    expect(both[0]!.filter((name) => both[1]!.includes(name))).toEqual([]);
    const [first, second] = [await print(), await print('--revision', 'canary')];
    for (const [own, other] of [
      [first, second],
      [second, first],
    ]) {
      const pods = find(own!, 'Deployment')['spec'].template.metadata.labels;
      const wanted = find(other!, 'Service')['spec'].selector;
      expect(Object.entries(wanted).every(([key, value]) => pods[key] === value)).toBe(false);
    }
  });

  test('lets the Service find its own pods, whatever they are called', async () => {
    const objects = await print('--revision', 'r1', '--namespace', 'mesh');
    const pods = find(objects, 'Deployment')['spec'].template.metadata.labels;
    expect(pods).toMatchObject(find(objects, 'Service')['spec'].selector);
    expect(pods).toMatchObject(find(objects, 'Deployment')['spec'].selector.matchLabels);
    expect(find(objects, 'Deployment')['spec'].template.spec.serviceAccountName).toBe(
      find(objects, 'ServiceAccount')['metadata'].name,
    );
    for (const { clientConfig } of webhooksOf(objects)) {
      expect(clientConfig.service).toMatchObject({ name: 'outrigger-r1', namespace: 'mesh' });
    }
  });

  test('never matches its own namespace nor kube-system', async () => {
    for (const args of [[], ['--revision', 'r1'], ['--namespace', 'mesh']]) {
      const objects = await print(...args);
      const namespace = find(objects, 'Namespace')['metadata'].name;
      for (const { namespaceSelector } of webhooksOf(objects)) {
        expect(namespaceSelector.matchExpressions).toContainEqual({
          key: 'kubernetes.io/metadata.name',
          operator: 'NotIn',
          values: [namespace, 'kube-system'],
        });
      }
    }
  });

  test('grants the rights on exactly the names that the installation uses', async () => {
    const objects = await print('--revision', 'r1', '--namespace', 'mesh');
    const names = objects
      .flatMap((object) => (object['rules'] ?? []) as JsonObject[])
      .flatMap((rule) => rule['resourceNames'] ?? []);
    expect(names).toEqual([
      find(objects, 'MutatingWebhookConfiguration')['metadata'].name,
      'istio-sidecar-injector-r1',
      'istio-r1',
      'outrigger-ca-r1',
    ]);
  });

  test('binds every role to the ServiceAccount', async () => {
    const objects = await print('-r', 'r1', '-n', 'mesh', '-i', 'control');
    const roles = objects.filter(({ kind }) => kind === 'Role' || kind === 'ClusterRole');
    const bindings = objects.filter(({ kind }) => String(kind).endsWith('Binding'));
    const key = (kind: unknown, metadata: Loose) =>
      `${kind} ${metadata.namespace} ${metadata.name}`;
    expect(
      bindings.map(({ roleRef, metadata }: Loose) =>
        key(roleRef.kind, { ...metadata, name: roleRef.name }),
      ),
    ).toEqual(roles.map(({ kind, metadata }) => key(kind, metadata as Loose)));
    for (const { subjects } of bindings) {
      expect(subjects).toEqual([
        { kind: 'ServiceAccount', name: 'outrigger-r1', namespace: 'mesh' },
      ]);
    }
    expect(roles.map(({ metadata }: Loose) => metadata.namespace)).toEqual([
      undefined,
      'control',
      'mesh',
    ]);
  });

  test("reads Istio's ConfigMaps where they are, and runs the image that is asked for", async () => {
    const { spec } = find(
      await print('-i', 'control', '--image', 'localhost:5000/o:dev'),
      'Deployment',
    );
    expect(spec.template.spec.containers[0].args).toEqual(['serve', '--istioNamespace=control']);
    expect(spec.template.spec.containers[0].image).toBe('localhost:5000/o:dev');
  });

  test('refuses what cannot be part of a name', async () => {
    for (const revision of ['Canary', '-r', 'a.b', 'x'.repeat(64), '']) {
      const { code, stdout } = await runCli(['manifests', `--revision=${revision}`]);
      expect({ revision, code, stdout }).toEqual({ revision, code: 64, stdout: '' });
    }
  });

  test('leaves the objects that it was given alone', () => {
    const base = baseObjects();
    const before = structuredClone(base);
    installationObjects(base, { revision: 'r1', namespace: 'mesh', istioNamespace: 'control' });
    expect(base).toEqual(before);
  });
});
