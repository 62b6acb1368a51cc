import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { table, tableNamespaces } from './decision-table.ts';
import { applyIstio, Installation, root } from './installation.ts';
import { createPod, isInjected, makeNamespace, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');
const ours = ['mutatingwebhookconfiguration', 'outrigger-sidecar-injector'];
const policy = 'outrigger-sidecar-present';

describe.skipIf(assets === '')('the component check-after, while the injector is away', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    installation = await Installation.install(cluster, { manifests: overlay });
    await Promise.all(
      Object.entries(tableNamespaces).map(([name, labels]) => makeNamespace(cluster, name, labels)),
    );
    await patch(
      ours,
      [0, 1, 2, 3].map((index) => ({
        op: 'replace',
        path: `/webhooks/${index}/failurePolicy`,
        value: 'Ignore',
      })),
    );
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('has expressions that the API server has nothing against', async () => {
    const { typeChecking } = await until('the API server to have looked at them', async () => {
      const { metadata, status } = (await cluster.get('validatingadmissionpolicy', policy)) as {
        metadata: { generation: number };
        status?: { observedGeneration?: number; typeChecking?: JsonObject };
      };
      return status?.observedGeneration === metadata.generation ? status : undefined;
    });
    expect(typeChecking ?? {}).toEqual({});
  });

  test('warns about a pod that has no sidecar, and lets it through', async () => {
    const said = await until('the policy to count', async () => {
      const name = `bare-${Date.now()}`;
      const { stderr } = await cluster.kubectlSaying(
        ['create', '-n', 'enabled', '-f', '-'],
        JSON.stringify(simplePod(name)),
      );
      return stderr === '' ? undefined : stderr;
    });
    expect(said).toMatch(/^Warning: .*this pod has no sidecar/);
  });

  test('can refuse such pods, and only those that would be injected', async () => {
    await patch(
      ['validatingadmissionpolicybinding', policy],
      [{ op: 'replace', path: '/spec/validationActions', value: ['Deny'] }],
    );
    await until('the binding to count', async () =>
      (await isRefused('enabled', simplePod('probe'))) ? true : undefined,
    );
    const outcomes: { [row: string]: boolean } = {};
    for (const { namespace, pod } of table) {
      const labels = {
        ...(pod.inject !== undefined && { 'sidecar.istio.io/inject': pod.inject }),
        ...(pod.rev !== undefined && { 'istio.io/rev': pod.rev }),
      };
      outcomes[nameOf(namespace, pod)] = await isRefused(namespace, simplePod('x', labels));
    }
    expect(outcomes).toEqual(
      Object.fromEntries(
        table.map(({ namespace, pod, injected }) => [nameOf(namespace, pod), injected]),
      ),
    );
    const objecting = { annotations: { 'sidecar.istio.io/inject': 'false' } };
    expect(await isRefused('enabled', simplePod('x', {}, objecting))).toBe(false);
    const wish = { 'sidecar.istio.io/inject': 'true' };
    expect(await isRefused('enabled', simplePod('x', wish, objecting))).toBe(true);
    const onHost = { spec: { hostNetwork: true } };
    expect(await isRefused('enabled', simplePod('x', {}, onHost))).toBe(false);
  });

  test('has nothing to say once the injector is back', async () => {
    const replica = await installation.start();
    await installation.ready(replica);
    const pod = await until('a pod to be let in', () =>
      createPod(cluster, 'enabled', simplePod('sound')),
    );
    expect(isInjected(pod)).toBe(true);
  });

  /** An overlay as the component asks for it. */
  async function overlay(): Promise<string> {
    const folder = join(cluster.folder, 'overlay');
    mkdirSync(folder);
    const manifests = relative(folder, join(root, 'manifests'));
    const kustomization = {
      resources: [`${manifests}/overlays/default`],
      components: [`${manifests}/components/check-after`],
    };
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    return cluster.kubectl(['kustomize', folder]);
  }

  async function patch(object: readonly string[], operations: readonly object[]): Promise<void> {
    await cluster.kubectl(['patch', ...object, '--type=json', '-p', JSON.stringify(operations)]);
  }

  async function isRefused(namespace: string, pod: JsonObject): Promise<boolean> {
    const api = await cluster.api();
    try {
      await api.request({
        method: 'POST',
        path: `/api/v1/namespaces/${namespace}/pods`,
        query: { dryRun: 'All' },
        body: pod,
      });
      return false;
    } catch (error) {
      expect(String(error)).toContain('this pod has no sidecar');
      return true;
    }
  }
});

function nameOf(namespace: string, pod: object): string {
  return `${namespace}: ${JSON.stringify(pod)}`;
}
