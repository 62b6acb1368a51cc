import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation, type Replica } from './installation.ts';
import { PodStream } from './pod-stream.ts';
import { createPod, isInjected, makeNamespace, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');
const secret = ['secret', 'outrigger-ca', '-n', 'outrigger-system'] as const;

describe.skipIf(assets === '')('certificates of two replicas that start at the same time', () => {
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

  test('come from one authority, which caBundle names', async () => {
    const bundle = await installation.bundle();
    const stored = (await cluster.get(...secret))['data'] as { 'tls.crt': string };
    const authority = Buffer.from(stored['tls.crt'], 'base64').toString();
    expect(bundle.trim()).toBe(authority.trim());
    for (const replica of replicas) {
      const served = await certificateOf(replica);
      expect(served.verify(new X509Certificate(authority).publicKey)).toBe(true);
      expect(served.checkHost('outrigger.outrigger-system.svc')).toBeDefined();
    }
    expect(isInjected(await createPod(cluster, 'shop', simplePod('first')))).toBe(true);
  });

  test('stay trusted when something overwrites caBundle', async () => {
    const right = await installation.bundle();
    await cluster.kubectl([
      'patch',
      'mutatingwebhookconfiguration',
      'outrigger-sidecar-injector',
      '--type=json',
      '-p',
      JSON.stringify(
        [0, 1, 2, 3].map((index) => ({
          op: 'remove',
          path: `/webhooks/${index}/clientConfig/caBundle`,
        })),
      ),
    ]);
    await until('the repair', async () => (await installation.bundle()) === right || undefined);
    expect(isInjected(await createPod(cluster, 'shop', simplePod('repaired')))).toBe(true);
  });

  test('stay trusted when the manifests are applied once more', async () => {
    const right = await installation.bundle();
    await installation.applyManifests();
    await until('the bundle', async () => (await installation.bundle()) === right || undefined);
  });
});

describe.skipIf(assets === '')('rotation under a stream of pods', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    installation = await Installation.install(cluster);
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('fails no creation, while serving certificates and authorities change', async () => {
    const lifetimes = ['--ca-lifetime=60s', '--cert-lifetime=12s', '--ca-overlap=3s'];
    const replicas = await installation.startTwo(lifetimes);
    const first = await installation.bundle();
    const certificates = new Set<string>();
    const stream = new PodStream(cluster, 'shop');
    await until(
      'another authority to sign, and the first one to be forgotten',
      async () => {
        for (const replica of replicas) {
          certificates.add((await certificateOf(replica)).fingerprint256);
        }
        return !(await installation.bundle()).includes(first.trim()) || undefined;
      },
      110,
    );
    const outcome = await stream.end();
    expect(outcome).toMatchObject({ failures: [], bare: [] });
    expect(outcome.created).toBeGreaterThan(50);
    // Each replica has renewed its own several times.
    expect(certificates.size).toBeGreaterThan(4);
  }, 150_000);
});

function certificateOf({ host, port }: Replica): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate) resolve(certificate);
      else reject(new Error('there is no certificate'));
    });
    socket.once('error', reject);
  });
}
