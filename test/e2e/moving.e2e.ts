import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation, root } from './installation.ts';
import { PodStream } from './pod-stream.ts';
import { makeNamespace } from './pods.ts';

const assets = inject('assets');
/** There and back. */
const moves = 4;

describe.skipIf(assets === '')('moving from one injector to another, as the guide has it', () => {
  let cluster: Cluster;
  /** Stands in for istiod's injector: it takes what istiod's would, by the same ConfigMaps. */
  let former: Installation;
  let latter: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    former = await Installation.install(cluster, { manifests: () => outrigger('manifests') });
    await former.ready(await former.start());
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
  });
  afterAll(async () => {
    await former?.close();
    await latter?.close();
    await cluster?.stop();
  });

  test('and back leaves no pod without a sidecar, and refuses none', async () => {
    const stream = new PodStream(cluster, 'shop');
    const guide = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
    const [, section = ''] =
      /^## From istiod's injector to this one, and back\n(.*?)^## /ms.exec(guide) ?? [];
    expect(section).toContain('--revision outrigger | kubectl apply -f -');

    const saved = join(cluster.folder, 'istio.yaml');
    const maps = ['istio-sidecar-injector', 'istio', '-n', 'istio-system', '-o', 'yaml'];
    writeFileSync(saved, await cluster.kubectl(['get', 'configmap', ...maps]));
    const files = ['--injectConfigFile', saved, '--meshConfigFile', saved];
    await cluster.apply(await outrigger('config', 'show', ...files, '--revision', 'outrigger'));
    latter = await Installation.install(cluster, {
      name: 'outrigger-outrigger',
      manifests: () => outrigger('manifests', '--revision', 'outrigger'),
      args: ['--ca-secret=outrigger-ca-outrigger'],
      env: { REVISION: 'outrigger' },
    });
    await latter.ready(await latter.start());

    const there = ['istio.io/rev=outrigger', 'istio-injection-'];
    const back = ['istio.io/rev-', 'istio-injection=enabled'];
    for (const label of there) expect(section).toContain(label);
    for (const label of back) expect(section).toContain(label);
    for (let move = 0; move < moves; move++) {
      const labels = move % 2 === 0 ? there : back;
      await cluster.kubectl(['label', 'namespace', 'shop', '--overwrite', ...labels]);
      const before = stream.created;
      while (stream.created < before + 20) await new Promise((done) => setTimeout(done, 50));
    }
    const { failures, bare, created } = await stream.end();
    expect({ failures, bare }).toEqual({ failures: [], bare: [] });
    expect(created).toBeGreaterThan(80);
    const by = (one: Installation) =>
      [...one.replicas].reduce((sum, { process }) => sum + injectedBy(process.log), 0);
    expect(by(former)).toBeGreaterThan(20);
    expect(by(latter)).toBeGreaterThan(20);
    // Between the calls of the one and of the other the label may change: then both inject, the same.
    expect(by(former) + by(latter) - created).toBeLessThanOrEqual(moves);
    expect(by(former) + by(latter)).toBeGreaterThanOrEqual(created);
  });

  async function outrigger(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(inject('dist'), 'outrigger.js'), ...args],
      { env: { ...process.env, KUBECONFIG: cluster.kubeconfig } },
    );
    return stdout;
  }
});

function injectedBy(log: string): number {
  return log.split('"pod injected"').length - 1;
}
