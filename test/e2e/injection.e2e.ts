import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation } from './installation.ts';
import { isInjected, makeNamespace } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');

describe.skipIf(assets === '')('in a cluster with two replicas', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    installation = await Installation.install(cluster);
    await installation.startTwo();
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('every pod of an application in a labelled namespace comes back injected', async () => {
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    const names = ['front', 'cart', 'catalogue', 'stock'];
    const items = names.map((name) => deployment(name, 2));
    await cluster.apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }), '-n', 'shop');
    const pods = await until('the pods', async () => {
      const { items: found } = (await cluster.get('pods', '-n', 'shop')) as { items: JsonObject[] };
      return found.length === names.length * 2 ? found : undefined;
    });
    expect(pods.map(isInjected)).toEqual(pods.map(() => true));
  });

  test("the injector's own namespace gets its pods without being asked", async () => {
    const pods = await until('the pods of the Deployment', async () => {
      const { items } = (await cluster.get('pods', '-n', 'outrigger-system')) as {
        items: JsonObject[];
      };
      return items.length === 2 ? items : undefined;
    });
    expect(pods.map(isInjected)).toEqual([false, false]);
  });
});

function deployment(name: string, replicas: number): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: `example.com/${name}:1` }] },
      },
    },
  };
}
