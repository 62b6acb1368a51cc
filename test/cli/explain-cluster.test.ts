import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import type { JsonObject } from '../../src/json.ts';
import { enabled, injectedPod, livePod, namespace, webhooks } from '../explain/world.ts';
import { FakeApiServer } from '../kube/fake-api-server.ts';
import { runCli, smallConfig, temporaryFolder } from './run-cli.ts';

const configurations = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';
const pods = '/api/v1/namespaces/shop/pods';
const service = '/api/v1/namespaces/mesh/services/injector';
const { certificate } = await selfSignedCertificate(['injector.mesh.svc'], new Date());
const caBundle = Buffer.from(certificate).toString('base64');

let fake: FakeApiServer;
/** Objects by their path, or the status of a refusal. */
let objects: Map<string, JsonObject | number>;

beforeEach(async () => {
  fake = await new FakeApiServer().start();
  objects = new Map<string, JsonObject | number>([
    ['/api/v1/namespaces/shop', enabled],
    [service, { spec: { clusterIP: '127.0.0.1', ports: [{ port: 443 }] } }],
    [
      '/apis/discovery.k8s.io/v1/namespaces/mesh/endpointslices',
      { items: [{ endpoints: [{ conditions: { ready: true } }] }] },
    ],
    ...configMaps(''),
  ]);
  install(webhooks('default', { entry: { clientConfig } }));
  fake.overrides.push(({ path }) => {
    const found = objects.get(path);
    if (typeof found === 'object') return { status: 200, body: found };
    if (found !== undefined) return refusal(found, path);
    // Collections are the fake's own to answer.
    if (/\/(?:pods|namespaces|deployments|mutatingwebhookconfigurations)$/.test(path))
      return undefined;
    return refusal(404, path);
  });
});
afterEach(() => fake.stop());

const clientConfig = { service: { name: 'injector', namespace: 'mesh', port: 443 }, caBundle };

function refusal(status: number, path: string) {
  const name = path.split('/').pop();
  const message = status === 403 ? `${name} is forbidden` : `"${name}" not found`;
  return { status, body: { message } };
}

function configMaps(suffix: string): [string, JsonObject][] {
  const base = '/api/v1/namespaces/istio-system/configmaps';
  const config = `policy: enabled\n${smallConfig}`;
  return [
    [`${base}/istio-sidecar-injector${suffix}`, { data: { config, values: '{"mark":"x"}' } }],
    [`${base}/istio${suffix}`, { data: { mesh: 'trustDomain: there.example' } }],
  ];
}

function install(configuration: JsonObject): void {
  fake.put(configurations, configuration);
}

/** Puts a pod where lists and single requests find it. */
function putPod(pod: JsonObject): void {
  const metadata = pod['metadata'] as JsonObject;
  fake.put(pods, pod);
  objects.set(`${pods}/${metadata['name']}`, pod);
}

async function explain(...args: string[]) {
  const folder = temporaryFolder();
  const file = folder.write(
    'config',
    JSON.stringify({
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      clusters: [{ name: 'c', cluster: { server: fake.url } }],
      users: [{ name: 'u', user: { token: 't' } }],
    }),
  );
  const result = await runCli(['explain', ...args, '-o', 'json', '--kubeconfig', file], {
    env: { HOME: folder.path },
  });
  const items = result.stdout === '' ? [] : JSON.parse(result.stdout).items;
  return { ...result, items, codes: items.map(codesOf) };
}

const codesOf = ({ mistakes }: { mistakes: { code: string }[] }) =>
  mistakes.map(({ code }) => code);

function ofDeployment(pod: JsonObject, name: string): JsonObject {
  const metadata = pod['metadata'] as JsonObject;
  return {
    ...pod,
    metadata: {
      ...metadata,
      name,
      generateName: 'web-abc-',
      labels: { app: 'web', 'pod-template-hash': 'abc' },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-abc', controller: true },
      ],
    },
  };
}

const workload = {
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'web', image: 'web' }] },
    },
  },
};
const deployments = '/apis/apps/v1/namespaces/shop/deployments';

describe('explain for objects of a cluster', () => {
  test('tells of a pod that was injected, by the configuration of the cluster', async () => {
    putPod(injectedPod({}, 'proxy:1'));
    const { code, items, codes } = await explain('pod/web-1');
    expect(code).toBe(0);
    expect(items[0]).toMatchObject({
      exists: true,
      outcome: 'injected',
      now: 'injected',
      reason: 'namespace-enabled',
      revision: 'default',
      assumptions: [],
    });
    expect(items[0].chain.at(-2)).toMatchObject({
      check: 'injection',
      object: {
        kind: 'ConfigMap',
        namespace: 'istio-system',
        name: 'istio-sidecar-injector',
      },
    });
    expect(codes).toEqual([[]]);
  });

  test('reads nothing that it does not need', async () => {
    putPod(injectedPod({}, 'proxy:1'));
    await explain('pod/web-1');
    expect(fake.seen.every(({ method }) => method === 'GET')).toBe(true);
    const seen = fake.seen.map(({ path }) => path).filter((path) => !path.includes('configmaps'));
    expect(seen.sort()).toEqual(
      [
        configurations,
        `${pods}/web-1`,
        '/api/v1/namespaces/shop',
        service,
        '/apis/discovery.k8s.io/v1/namespaces/mesh/endpointslices',
      ].sort(),
    );
  });

  test('tells of a pod without a sidecar what is wrong around it', async () => {
    putPod(livePod());
    objects.set(
      '/api/v1/namespaces/shop',
      namespace({ 'istio-injection': 'enabled' }, { labelledAt: '2026-05-20T00:00:00Z' }),
    );
    const { code, items, codes } = await explain('po', 'web-1');
    expect(code).toBe(1);
    expect(items[0]).toMatchObject({ outcome: 'not-injected', now: 'injected' });
    expect(codes).toEqual([['pod-older-than-label']]);
  });

  test('finds labels on the Deployment of a pod', async () => {
    objects.set('/api/v1/namespaces/shop', namespace({}));
    putPod(ofDeployment(livePod(), 'web-abc-1'));
    objects.set(`${deployments}/web`, {
      ...workload,
      metadata: { ...workload.metadata, labels: { 'sidecar.istio.io/inject': 'true' } },
    });
    const { codes } = await explain('pod/web-abc-1');
    expect(codes).toEqual([['label-on-workload']]);
  });

  test.each([['deploy/web'], ['deployment.apps/web'], ['deployments', 'web']])(
    'tells of a workload with its pods: %s %s',
    async (...target) => {
      objects.set(`${deployments}/web`, workload);
      const sound = ofDeployment(injectedPod({}, 'proxy:1'), 'web-abc-1');
      objects.set(pods, { items: [sound, ofDeployment(livePod(), 'web-abc-2'), livePod()] });
      const { code, items, codes } = await explain(...target.filter(Boolean));
      expect(code).toBe(1);
      expect(items[0].summary).toContain(
        '1 of 2 pods of Deployment shop/web have the sidecar; made now, ',
      );
      expect(items[0].pods.map(({ name, outcome }: JsonObject) => [name, outcome])).toEqual([
        ['web-abc-1', 'injected'],
        ['web-abc-2', 'not-injected'],
      ]);
      expect(codes[0]).toEqual(['pods-without-sidecar', 'came-without-sidecar']);
      expect(fake.seen.find(({ path }) => path === pods)?.query.get('labelSelector')).toBe(
        'app=web',
      );
    },
  );

  test('asks the cluster where kinds of others are', async () => {
    objects.set('/apis/argoproj.io', {
      preferredVersion: { groupVersion: 'argoproj.io/v1alpha1' },
    });
    objects.set('/apis/argoproj.io/v1alpha1', {
      resources: [{ kind: 'Rollout', name: 'rollouts' }],
    });
    objects.set('/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/web', workload);
    const { code, items } = await explain('rollout/web');
    expect(code).toBe(0);
    expect(items[0].object).toEqual({ kind: 'Rollout', namespace: 'shop', name: 'web' });
  });

  test('tells of a namespace what becomes of its pods', async () => {
    fake.put(pods, livePod());
    const { code, items } = await explain('ns/shop');
    expect(code).toBe(0);
    expect(items[0].byLabels[0]).toEqual({
      labels: '',
      outcome: 'injected',
      reason: 'namespace-enabled',
      revision: 'default',
    });
    expect(items[0].pods).toEqual([
      { name: 'web-1', outcome: 'not-injected', now: 'injected', reason: 'namespace-enabled' },
    ]);
  });

  test('goes by the injector of the revision that is in charge', async () => {
    install(webhooks('canary', { entry: { clientConfig } }));
    objects.set('/api/v1/namespaces/shop', namespace({ 'istio.io/rev': 'canary' }));
    for (const [path, map] of configMaps('-canary')) objects.set(path, map);
    putPod(injectedPod({ revision: 'canary' }, 'proxy:1'));
    const { items, codes } = await explain('pod/web-1');
    expect(items[0].chain.at(-2).object.name).toBe('istio-sidecar-injector-canary');
    expect(codes).toEqual([[]]);
  });

  test('does with what the user may see, and says so', async () => {
    objects.set('/api/v1/namespaces/shop', 403);
    objects.set(configurations, 403);
    objects.set('/api/v1/namespaces/istio-system/configmaps/istio-sidecar-injector', 403);
    putPod(livePod());
    const { code, items } = await explain('pod/web-1');
    expect(code).toBe(1);
    expect(items[0].assumptions).toEqual([
      'nothing is known about namespace "shop", whose labels decide, too',
      'the webhooks are those of a default installation, for want of the right to see them',
      expect.stringMatching(
        /^policy and templates of revision default are the built-in ones: .* is forbidden/,
      ),
    ]);
  });

  test('tells of a Service that is not there, and of one without endpoints', async () => {
    putPod(injectedPod({}, 'proxy:1'));
    objects.set('/apis/discovery.k8s.io/v1/namespaces/mesh/endpointslices', { items: [] });
    expect((await explain('pod/web-1')).codes).toEqual([['service-without-endpoints']]);
    objects.set(service, 404);
    expect((await explain('pod/web-1')).codes).toEqual([['service-missing']]);
    objects.set(service, { spec: { ports: [{ port: 8443 }] } });
    expect((await explain('pod/web-1')).codes).toEqual([
      ['service-port', 'service-without-endpoints'],
    ]);
  });

  test('compares what is served with caBundle', async () => {
    putPod(injectedPod({}, 'proxy:1'));
    const port = await serveTls('injector.mesh.svc');
    const called = { ...clientConfig, service: { ...clientConfig.service, port } };
    install(webhooks('default', { entry: { clientConfig: called } }));
    objects.set(service, { spec: { clusterIP: '127.0.0.1', ports: [{ port }] } });
    expect((await explain('pod/web-1')).codes).toEqual([['ca-bundle-untrusted']]);
  });

  test('does not take somebody else for the webhook', async () => {
    putPod(injectedPod({}, 'proxy:1'));
    const port = await serveTls('printer.example.com');
    const called = { ...clientConfig, service: { ...clientConfig.service, port } };
    install(webhooks('default', { entry: { clientConfig: called } }));
    objects.set(service, { spec: { clusterIP: '127.0.0.1', ports: [{ port }] } });
    expect((await explain('pod/web-1')).codes).toEqual([[]]);
  });
});

describe('explain for manifests', () => {
  test('goes by the webhooks and namespaces of a cluster when that is asked for', async () => {
    install(webhooks('canary', { entry: { clientConfig } }));
    fake.put('/api/v1/namespaces', namespace({ 'istio.io/rev': 'canary' }));
    objects.delete('/api/v1/namespaces/shop');
    const folder = temporaryFolder();
    const manifest = { apiVersion: 'apps/v1', kind: 'Deployment', ...workload };
    const file = folder.write('app.json', JSON.stringify(manifest));
    const { code, items } = await explain('-f', file);
    expect(code).toBe(0);
    expect(items[0]).toMatchObject({ outcome: 'injected', revision: 'canary', assumptions: [] });
  });
});

describe('explain ends with 2', () => {
  test('for an object that is not there, with the name that may be meant', async () => {
    fake.put(pods, livePod());
    const { code, stdout, stderr } = await explain('pod/wb-1');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no wb-1 in namespace shop');
    expect(stderr).toContain(`Did you mean web-1? Tried kubeconfig`);
    expect(stderr).toContain(`at ${fake.url}.`);
  });

  test('for a namespace that is not there', async () => {
    fake.put('/api/v1/namespaces', enabled);
    const { code, stderr } = await explain('ns/shp');
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no shp: .*\nDid you mean shop\? Tried/);
  });

  test('for a pod that may not be read', async () => {
    objects.set(`${pods}/web-1`, 403);
    const { code, stderr } = await explain('pod/web-1');
    expect(code).toBe(2);
    expect(stderr).toContain('web-1 is forbidden');
    expect(stderr).toContain('Tried kubeconfig');
  });

  test('for a cluster that does not answer', async () => {
    await fake.stop();
    const { code, stderr } = await explain('pod/web-1');
    await fake.start();
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be reached: nothing listens there');
    expect(stderr).toContain('Tried kubeconfig');
  });

  test('for a kind that the cluster does not know', async () => {
    const { code, stderr } = await explain('rollout/web');
    expect(code).toBe(2);
    expect(stderr).toContain('the cluster knows no kinds of argoproj.io');
  });
});

/** A server with a certificate for a name. @returns its port */
async function serveTls(name: string): Promise<number> {
  const { certificate: cert, key } = await selfSignedCertificate([name], new Date());
  const server: Server = createServer({ cert, key }, (_request, response) => response.end());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}
