import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Explanation } from '../../src/explain/explanation.ts';
import type { JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation } from './installation.ts';
import { createPod, makeNamespace, simplePod } from './pods.ts';
import { until } from './until.ts';

const assets = inject('assets');
const run = promisify(execFile);

describe.skipIf(assets === '')('explain in a cluster', () => {
  let cluster: Cluster;
  let installation: Installation;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'early');
    await createPod(cluster, 'early', simplePod('older'));
    installation = await Installation.install(cluster);
    const replica = await installation.start();
    await installation.ready(replica);
    await cluster.apply(JSON.stringify(endpoints(installation.service.host)));
    await makeNamespace(cluster, 'shop', { 'istio-injection': 'enabled' });
    await makeNamespace(cluster, 'plain');
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('an injected pod', async () => {
    await createPod(cluster, 'shop', simplePod('sound'));
    const { code, told, codes } = await explain('pod/sound', '-n', 'shop');
    expect([code, codes]).toEqual([0, []]);
    expect(told).toMatchObject({
      exists: true,
      outcome: 'injected',
      now: 'injected',
      reason: 'namespace-enabled',
      revision: 'default',
      assumptions: [],
    });
    expect(told.containers).toContainEqual({ name: 'istio-proxy', kind: 'sidecar' });
  });

  test('a namespace without a label', async () => {
    await createPod(cluster, 'plain', simplePod('alone'));
    const { code, told, codes } = await explain('pod', 'alone', '-n', 'plain');
    expect([code, codes]).toEqual([1, []]);
    expect(told.reason).toBe('namespace-not-labelled');
    expect(told.chain.at(-2)?.remedies[0]?.command).toBe(
      'kubectl label namespace plain istio-injection=enabled --overwrite',
    );
  });

  test('a label with a slip of the pen', async () => {
    await makeNamespace(cluster, 'typo', { 'istio-inject': 'enabled' });
    await makeNamespace(cluster, 'value', { 'istio-injection': 'true' });
    await createPod(cluster, 'typo', simplePod('web'));
    expect((await explain('pod/web', '-n', 'typo')).codes).toEqual(['namespace-label-misspelled']);
    expect((await explain('ns/value')).codes).toEqual(['namespace-label-value']);
  });

  test('a pod that does not want a sidecar', async () => {
    const refused = { 'sidecar.istio.io/inject': 'false' };
    await createPod(cluster, 'shop', simplePod('by-label', refused));
    await createPod(cluster, 'shop', simplePod('by-annotation', {}, { annotations: refused }));
    expect((await explain('pod/by-label', '-n', 'shop')).told.reason).toBe('label-false');
    expect((await explain('pod/by-annotation', '-n', 'shop')).told.reason).toBe('annotation-false');
  });

  test('both labels on a namespace', async () => {
    const labels = { 'istio-injection': 'enabled', 'istio.io/rev': 'default' };
    await makeNamespace(cluster, 'both', labels);
    const { code, codes } = await explain('ns/both');
    expect([code, codes]).toEqual([0, ['namespace-labels-both']]);
  });

  test('a revision that nobody serves', async () => {
    await makeNamespace(cluster, 'gone', { 'istio.io/rev': 'defalt' });
    await createPod(cluster, 'gone', simplePod('web'));
    const { code, told, codes } = await explain('pod/web', '-n', 'gone');
    expect([code, told.reason, codes]).toEqual([1, 'revision-not-served', ['revision-not-served']]);
    expect(told.mistakes[0]?.message).toContain('did you mean default?');
  });

  test('a pod that is older than the label of its namespace', async () => {
    await cluster.kubectl(['label', 'namespace', 'early', 'istio-injection=enabled']);
    const { code, told, codes } = await explain('pod/older', '-n', 'early');
    expect([code, codes]).toEqual([1, ['pod-older-than-label']]);
    expect(told).toMatchObject({ outcome: 'not-injected', now: 'injected' });
    expect(told.mistakes[0]?.message).toContain('by kubectl-label');
  });

  test('a Deployment with the label in the wrong place', async () => {
    await deploy('plain', 'web', { 'sidecar.istio.io/inject': 'true' });
    const { code, told, codes } = await explain('deploy/web', '-n', 'plain');
    expect([code, codes]).toEqual([1, ['label-on-workload']]);
    expect(told.summary).toContain('0 of 1 pods of Deployment plain/web have the sidecar');
    const [pod] = told.pods ?? [];
    expect((await explain(`pod/${pod?.name}`, '-n', 'plain')).codes).toEqual(['label-on-workload']);
  });

  test('a Deployment, and the command that its answer gives works', async () => {
    await makeNamespace(cluster, 'fixed');
    await deploy('fixed', 'web');
    const before = await explain('deploy/web', '-n', 'fixed');
    expect(before.code).toBe(1);
    const remedies = before.told.chain.flatMap((step) => step.remedies);
    const byPod = remedies.find(({ command }) => command?.startsWith('kubectl patch'))?.command;
    await shell(byPod);
    // Nothing runs pods here, so the Deployment waits for the new one and keeps the old one.
    const after = await until('a pod to be made anew', async () => {
      const { told } = await explain('deploy/web', '-n', 'fixed');
      return told.pods?.length === 2 ? told : undefined;
    });
    expect(after.now).toBe('injected');
    expect(after.pods?.map(({ outcome }) => outcome).sort()).toEqual(['injected', 'not-injected']);
    expect(after.mistakes.map(({ code }) => code)).toContain('pods-without-sidecar');
  });

  test('a namespace, with its pods and what labels on pods do', async () => {
    await createPod(cluster, 'shop', simplePod('third', { 'sidecar.istio.io/inject': 'false' }));
    const { code, told } = await explain('ns/shop');
    expect(code).toBe(0);
    expect(told.byLabels?.map(({ labels, outcome }) => [labels, outcome])).toEqual([
      ['', 'injected'],
      ['sidecar.istio.io/inject=true', 'injected'],
      ['sidecar.istio.io/inject=false', 'not-injected'],
      ['istio.io/rev=default', 'injected'],
    ]);
    expect(told.pods).toContainEqual({
      name: 'third',
      outcome: 'not-injected',
      now: 'not-injected',
      reason: 'label-false',
    });
  });

  test('what the table says of a pod is what becomes of it', async () => {
    const wishes = [{}, { 'sidecar.istio.io/inject': 'true' }, { 'istio.io/rev': 'default' }];
    for (const namespace of ['shop', 'plain', 'typo', 'value', 'both', 'gone']) {
      const { told } = await explain(`ns/${namespace}`);
      for (const [index, labels] of wishes.entries()) {
        const pod = await createPod(cluster, namespace, simplePod(`table-${index}`, labels));
        const annotations = (pod['metadata'] as JsonObject)['annotations'] as
          | JsonObject
          | undefined;
        const text = Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(',');
        const row = told.byLabels?.find((one) => one.labels === text);
        const injected = annotations?.['sidecar.istio.io/status'] !== undefined;
        expect([namespace, text, row?.outcome]).toEqual([
          namespace,
          text,
          injected ? 'injected' : 'not-injected',
        ]);
      }
    }
  });

  test('a mistake that kubectl has printed already, as an admission warning', async () => {
    const pod = simplePod('warned', { 'istio-inject': 'true' });
    const { stderr } = await shell(`echo '${JSON.stringify(pod)}' | kubectl create -n shop -f -`);
    const { told, codes } = await explain('pod/warned', '-n', 'shop');
    expect(codes).toEqual(['label-misspelled']);
    expect(stderr).toBe(`Warning: ${told.mistakes[0]?.message}\n`);
  });

  test('a webhook that does not work', async () => {
    await breakWebhook('replace', '/webhooks/2/clientConfig/service/name', 'nobody');
    const { codes } = await explain('pod/sound', '-n', 'shop');
    expect(codes).toEqual(['service-missing']);
    await breakWebhook('replace', '/webhooks/2/clientConfig/service/name', 'outrigger');
  });

  test('no webhook at all', async () => {
    await cluster.kubectl(['delete', 'mutatingwebhookconfiguration', '--all']);
    await createPod(cluster, 'shop', simplePod('nobody'));
    const { code, told } = await explain('pod/nobody', '-n', 'shop');
    expect([code, told.reason]).toEqual([1, 'no-webhook']);
    const was = await explain('pod/sound', '-n', 'shop');
    expect([was.code, was.codes]).toEqual([0, ['not-again']]);
  });

  async function explain(...args: string[]) {
    const words = ['explain', ...args, '-o', 'json', '--kubeconfig', cluster.kubeconfig];
    const program = [join(inject('dist'), 'outrigger.js'), ...words];
    const { stdout, code } = await run(process.execPath, program).then(
      (done) => ({ ...done, code: 0 }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    );
    const { items } = JSON.parse(stdout) as { items: Explanation[] };
    const told = items[0]!;
    return { code, told, codes: told.mistakes.map((mistake) => mistake.code) };
  }

  async function deploy(namespace: string, name: string, labels: JsonObject = {}): Promise<void> {
    const app = { app: name };
    await cluster.apply(
      JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace, labels },
        spec: {
          selector: { matchLabels: app },
          template: {
            metadata: { labels: app },
            spec: { containers: [{ name, image: 'example.com/app:1' }] },
          },
        },
      }),
    );
    await until('the pod', async () => {
      const { items } = (await cluster.get('pods', '-n', namespace, '-l', `app=${name}`)) as {
        items: JsonObject[];
      };
      return items.length === 1 || undefined;
    });
  }

  /** Runs a command of kubectl as it stands in an answer. */
  async function shell(command: string | undefined): Promise<{ readonly stderr: string }> {
    return run('sh', ['-c', String(command)], {
      env: {
        KUBECONFIG: cluster.kubeconfig,
        PATH: `${assets}:${process.env['PATH']}`,
        // Where kubectl puts its cache; without one, that is the working directory.
        HOME: cluster.folder,
      },
    });
  }

  async function breakWebhook(op: string, path: string, value: string): Promise<void> {
    const patch = JSON.stringify([{ op, path, value }]);
    const object = ['mutatingwebhookconfiguration', 'outrigger-sidecar-injector'];
    await cluster.kubectl(['patch', ...object, '--type=json', '-p', patch]);
  }
});

/** What the controller makes of pods that are ready, and of those there are none. */
function endpoints(address: string): JsonObject {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'outrigger-by-hand',
      namespace: 'outrigger-system',
      labels: { 'kubernetes.io/service-name': 'outrigger' },
    },
    addressType: 'IPv4',
    // Loopback addresses are not allowed here.
    endpoints: [{ addresses: [address.replace(/^127\./, '10.')], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 15017 }],
  };
}
