import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation, type Replica } from './installation.ts';
import { PodStream } from './pod-stream.ts';
import { createPod, isInjected, makeNamespace, proxyOf, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');

describe.skipIf(assets === '')('with two replicas behind the Service', () => {
  let cluster: Cluster;
  let installation: Installation;
  let replicas: [Replica, Replica];

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    installation = await Installation.install(cluster);
    replicas = await installation.startTwo();
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('a rolling restart under load fails no creation', async () => {
    const stream = new PodStream(cluster, 'shop');
    await until('some pods', () => stream.created > 20 || undefined);
    for (const old of replicas) {
      // As the Deployment does it: a new one is ready before an old one goes.
      const young = await installation.start();
      await installation.ready(young);
      expect(await installation.stop(old)).toBe(0);
      const before = stream.created;
      await until('more pods', () => stream.created > before + 20 || undefined);
    }
    const outcome = await stream.end();
    expect(outcome).toMatchObject({ failures: [], bare: [] });
  });

  test('one that is stopped and started again under load fails no creation', async () => {
    await makeNamespace(cluster, 'market', { 'istio-injection': 'enabled' });
    const stream = new PodStream(cluster, 'market');
    const [old] = installation.replicas;
    expect(await installation.stop(old!)).toBe(0);
    await installation.ready(await installation.start());
    await sleep(500);
    expect(await stream.end()).toMatchObject({ failures: [], bare: [] });
  });

  test('one that is killed outright costs no workload a pod', async () => {
    await makeNamespace(cluster, 'fair', { 'istio-injection': 'enabled' });
    const count = 30;
    const metadata = { name: 'stall', namespace: 'fair' };
    const spec = { containers: [{ name: 'app', image: 'example.com/app:1' }] };
    const template = { metadata: { labels: { app: 'stall' } }, spec };
    await cluster.apply(
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: { replicas: count, selector: { matchLabels: { app: 'stall' } }, template },
      }),
    );
    const pods = async () => (await cluster.get('pods', '-n', 'fair'))['items'] as JsonObject[];
    await until('the first pods', async () => (await pods()).length > 0 || undefined);
    const [victim] = installation.replicas;
    // What it was just asked is lost: the controller asks again.
    await installation.stop(victim!, 'SIGKILL');
    const all = await until('all pods', async () => {
      const found = await pods();
      return found.length === count ? found : undefined;
    });
    expect(all.filter(isInjected)).toHaveLength(count);
    await installation.ready(await installation.start());
  });

  test('the API server comes back after a while, and its changes count again', async () => {
    await cluster.restartApiServer(3000);
    expect(isInjected(await createPod(cluster, 'shop', simplePod('after')))).toBe(true);
    await applyIstio(cluster, { mesh: 'defaultConfig:\n  proxyMetadata:\n    AFTER: restart\n' });
    let count = 0;
    await until('the change to count', async () => {
      const pod = await createPod(cluster, 'shop', simplePod(`after-${count++}`));
      return JSON.stringify(proxyOf(pod)).includes('"AFTER"') || undefined;
    });
    await makeNamespace(cluster, 'made-after', { 'istio-injection': 'enabled' });
    expect(isInjected(await createPod(cluster, 'made-after', simplePod('pod')))).toBe(true);
    expect(installation.balancer.ready).toHaveLength(2);
  });
});
