import { spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { packageInfo } from '../../src/package.ts';
import { injectedPod, livePod } from '../explain/world.ts';
import { FakeApiServer, type Seen } from '../kube/fake-api-server.ts';
import { runCli, smallConfig, smallConfigFlags, temporaryFolder } from './run-cli.ts';

const deployments = '/apis/apps/v1/namespaces/shop/deployments';
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the API server adds to whatever it stores. */
const bookkeeping = {
  uid: 'b7c1',
  resourceVersion: '42',
  generation: 3,
  creationTimestamp: '2026-05-20T00:00:00Z',
  managedFields: [{ manager: 'kubectl' }],
  annotations: { [lastApplied]: '{"everything":"again"}' },
};

function deploymentOf(name: string, image = 'web:1'): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop', ...bookkeeping },
    spec: {
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image }] },
      },
    },
    status: { replicas: 1 },
  };
}

let fake: FakeApiServer;
/** Objects by their path. */
let objects: Map<string, JsonObject>;

beforeEach(async () => {
  fake = await new FakeApiServer().start();
  const maps = '/api/v1/namespaces/istio-system/configmaps';
  const kinds = (...resources: [kind: string, name: string, namespaced: boolean][]) => ({
    resources: resources.map(([kind, name, namespaced]) => ({ kind, name, namespaced })),
  });
  objects = new Map<string, JsonObject>([
    [`${maps}/istio-sidecar-injector`, { data: { config: smallConfig, values: '{"mark":"x"}' } }],
    [`${maps}/istio`, { data: { mesh: 'trustDomain: there.example' } }],
    [
      '/api/v1',
      kinds(
        ['Service', 'services/status', true],
        ['Service', 'services', true],
        ['Secret', 'secrets', true],
        ['Namespace', 'namespaces', false],
      ),
    ],
    ['/apis/apps/v1', kinds(['Deployment', 'deployments', true])],
    [`${deployments}/web`, deploymentOf('web')],
  ]);
  fake.overrides.push(answer);
});
afterEach(() => fake.stop());

/** Fills in what nobody needs to say. */
function withDefaults(object: JsonObject): JsonObject {
  const text = JSON.stringify(object).replace(/"items":\[\{(?!"mode")/g, '"items":[{"mode":420,');
  return JSON.parse(text);
}

/** Objects as they are, and what would become of them: here, nothing but what is applied. */
function answer({ method, path, query, body }: Seen) {
  const found = objects.get(path);
  if (method === 'PATCH') {
    if (query.get('dryRun') !== 'All') return { status: 500, body: { message: 'a change!' } };
    const given = JSON.parse(body);
    const object = Array.isArray(given)
      ? withDefaults(jsonPatch.applyPatch(structuredClone(found), given).newDocument ?? {})
      : given;
    const stored = { ...bookkeeping, resourceVersion: '43', namespace: 'shop' };
    const metadata = { ...stored, ...object.metadata };
    return { status: 200, body: { ...object, metadata, status: { fresh: true } } };
  }
  if (found !== undefined) return { status: 200, body: found };
  if (/\/(?:deployments|pods)$/.test(path)) return undefined;
  return { status: 404, body: { message: `"${path.split('/').pop()}" not found` } };
}

function kubeconfig(url: string) {
  const folder = temporaryFolder();
  const file = folder.write(
    'config',
    JSON.stringify({
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u', namespace: 'shop' } }],
      clusters: [{ name: 'c', cluster: { server: url } }],
      users: [{ name: 'u', user: { token: 't' } }],
    }),
  );
  return { folder, file };
}

async function diff(args: readonly string[], stdin?: string) {
  const { folder, file } = kubeconfig(fake.url);
  const input = { env: { HOME: folder.path }, ...(stdin !== undefined && { stdin }) };
  return runCli(['diff', ...args, '--kubeconfig', file], input);
}

function changed(diffText: string): string[] {
  return diffText.split('\n').filter((line) => /^[-+]/.test(line));
}

describe('diff of a live object', () => {
  test.each([[['deploy/web']], [['deployment', 'web']], [['deploy/web', '-n', 'shop']]])(
    'shows what injection by the ConfigMaps of the cluster would add: %j',
    async (args) => {
      const { code, stdout, stderr } = await diff(args);
      expect([code, stderr]).toEqual([1, '']);
      expect(changed(stdout).slice(0, 4)).toEqual([
        '--- apps.v1.Deployment.shop.web',
        '+++ apps.v1.Deployment.shop.web',
        '+        injected: x',
        '+      annotations:',
      ]);
      expect(stdout).not.toMatch(/uid|everything|status:\n/);
      expect(fake.seen.every(({ method }) => method === 'GET')).toBe(true);
    },
  );

  test('is a patch of the object as it is, down to what is not shown', async () => {
    const { code, stdout } = await diff(['deploy/web', '-o', 'json-patch']);
    expect(code).toBe(1);
    const live = deploymentOf('web');
    const { newDocument } = jsonPatch.applyPatch(structuredClone(live), JSON.parse(stdout));
    expect(newDocument).toMatchObject({
      ...live,
      spec: { template: { metadata: { labels: { injected: 'x' } } } },
    });
    const merge = JSON.parse((await diff(['deploy/web', '-o', 'merge-patch'])).stdout);
    expect(Object.keys(merge)).toEqual(['spec']);
  });

  test('of several objects is a list of patches with their targets', async () => {
    objects.set(`${deployments}/db`, deploymentOf('db'));
    const { stdout } = await diff(['deploy', 'web', 'db', '-o', 'json-patch']);
    const names = JSON.parse(stdout).map(({ target }: { target: JsonObject }) => target['name']);
    expect(names).toEqual(['web', 'db']);
  });

  test('takes files for the configuration, and then reads nothing but the object', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const { stdout } = await diff(['deploy/web', ...flags]);
    expect(stdout).toContain('+        injected: ours\n');
    expect(fake.seen.map(({ path }) => path)).toEqual([`${deployments}/web`]);
  });

  test('is empty for a pod that is injected', async () => {
    objects.set('/api/v1/namespaces/shop/pods/web-1', injectedPod({}, 'proxy:1'));
    expect(await diff(['pod/web-1'])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await diff(['pod/web-1', '-o', 'json-patch'])).stdout).toBe('[]\n');
  });

  test('of a pod without a sidecar says that it cannot be changed', async () => {
    objects.set('/api/v1/namespaces/shop/pods/web-1', livePod());
    const { code, stdout, stderr } = await diff(['po/web-1']);
    expect([code, stdout]).toEqual([1, expect.stringContaining('istio-proxy')]);
    expect(stderr).toBe(
      'Note: v1.Pod.shop.web-1: nothing can be added to a pod that is there; this is what one made now would get\n',
    );
  });

  describe('that is injected already', () => {
    /** The template's own list, which takes the place of the one that is there. */
    const config = (path: string): string => `templates:
  sidecar: |
    spec:
      containers:
      - name: istio-proxy
        volumeMounts: []
      volumes:
      - name: info
        downwardAPI:
          items:
          - {path: ${path}}
`;

    /** Injects it, and lets the server fill in what it does. */
    async function injected(flags: readonly string[]): Promise<void> {
      const live = deploymentOf('web');
      const { stdout } = await diff(['deploy/web', '-o', 'json-patch', ...flags]);
      const { newDocument } = jsonPatch.applyPatch(live, JSON.parse(stdout));
      objects.set(`${deployments}/web`, withDefaults(newDocument));
    }

    const flagsFor = (path: string): string[] => {
      const { write } = temporaryFolder();
      const flags = smallConfigFlags({ write });
      return [...flags, '--injectConfigFile', write('own.yaml', config(path))];
    };

    test('is empty when only defaults of the API server are missing', async () => {
      const flags = flagsFor('labels');
      await injected(flags);
      expect(await diff(['deploy/web', ...flags])).toMatchObject({ code: 0, stdout: '' });
      expect((await diff(['deploy/web', '-o', 'json-patch', ...flags])).stdout).toBe('[]\n');
    });

    test('shows what a new configuration changes, without defaults', async () => {
      await injected(flagsFor('labels'));
      const flags = flagsFor('annotations');
      const { code, stdout } = await diff(['deploy/web', ...flags]);
      expect(code).toBe(1);
      expect(
        changed(stdout)
          .slice(2)
          .map((line) => line.replace(/ +/g, ' ')),
      ).toEqual(['- path: labels', '+ path: annotations']);
      expect(
        JSON.parse((await diff(['deploy/web', '-o', 'json-patch', ...flags])).stdout),
      ).not.toEqual([]);
    });

    test.each([403, 422])('shows defaults, too, when the answer is %i', async (status) => {
      const flags = flagsFor('labels');
      await injected(flags);
      fake.overrides.unshift(({ method }) =>
        method === 'PATCH' ? { status, body: { message: 'no' } } : undefined,
      );
      const { code, stderr } = await diff(['deploy/web', ...flags]);
      expect([code, stderr]).toEqual([
        1,
        expect.stringContaining('so defaults that it fills in show, too: PATCH '),
      ]);
    });
  });

  test('as a patch of a pod keeps annotations that are not shown', async () => {
    const pod = livePod();
    const metadata = { ...(pod['metadata'] as JsonObject), annotations: { [lastApplied]: '{}' } };
    const live = { ...pod, metadata };
    objects.set('/api/v1/namespaces/shop/pods/web-1', live);
    const { stdout } = await diff(['po/web-1', '-o', 'json-patch']);
    const { newDocument } = jsonPatch.applyPatch(structuredClone(live), JSON.parse(stdout));
    expect(newDocument.metadata.annotations).toHaveProperty([lastApplied], '{}');
    expect(Object.keys(newDocument.metadata.annotations).length).toBeGreaterThan(1);
  });

  test('says that there is none, which is meant, and where it looked', async () => {
    fake.put(deployments, deploymentOf('web'));
    const { code, stdout, stderr } = await diff(['deploy/wbe']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no wbe in namespace shop');
    expect(stderr).toContain('Did you mean web? Tried kubeconfig ');
  });
});

describe('diff --live', () => {
  const service = (port: number): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: ${port}}]}\n`;
  const live = (stdin: string, ...args: string[]) => diff(['-f', '-', '--live', ...args], stdin);

  beforeEach(() => {
    objects.set('/api/v1/namespaces/shop/services/web', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop', ...bookkeeping },
      spec: { ports: [{ port: 80 }] },
      status: { loadBalancer: {} },
    });
  });

  test('asks for dry runs only, and is empty when nothing would change', async () => {
    expect(await live(service(80))).toEqual({ code: 0, stdout: '', stderr: '' });
    const writes = fake.seen.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => path)).toEqual(['/api/v1/namespaces/shop/services/web']);
    for (const { method, query, headers } of writes) {
      expect([method, headers['content-type'], Object.fromEntries(query)]).toEqual([
        'PATCH',
        'application/apply-patch+yaml',
        { dryRun: 'All', force: 'true', fieldManager: 'outrigger' },
      ]);
    }
  });

  test('shows what changes of objects that injection does not concern, too', async () => {
    const { code, stdout } = await live(service(81));
    expect([code, stdout]).toEqual([
      1,
      `--- v1.Service.shop.web
+++ v1.Service.shop.web
@@ -5,4 +5,4 @@
   namespace: shop
 spec:
   ports:
-  - port: 80
+  - port: 81
`,
    ]);
  });

  test('applies what is injected, and shows an object that is not there as added', async () => {
    const manifest = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [deploymentOf('web', 'web:2'), deploymentOf('new')],
    });
    const { code, stdout } = await live(manifest, '--field-manager', 'kubectl');
    expect(code).toBe(1);
    expect(changed(stdout)).toContain('-      - image: web:1');
    expect(stdout).toMatch(/^--- apps\.v1\.Deployment\.shop\.new\n.*\n@@ -0,0 \+1,\d+ @@$/m);
    expect(stdout.match(/^\+ +injected: x$/gm)).toHaveLength(2);
    const [write] = fake.seen.filter(({ method }) => method === 'PATCH');
    expect(write?.query.get('fieldManager')).toBe('kubectl');
    // What the server keeps may not be applied.
    expect(Object.keys(JSON.parse(write?.body ?? '').metadata)).toEqual(['name', 'namespace']);
  });

  test('keeps the data of Secrets to itself', async () => {
    const secret = (data: JsonObject): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'key', namespace: 'shop' },
      data,
    });
    objects.set('/api/v1/namespaces/shop/secrets/key', secret({ a: 'b2xk', b: 'c2FtZQ==' }));
    const { stdout } = await live(JSON.stringify(secret({ a: 'bmV3', b: 'c2FtZQ==', c: 'bmV3' })));
    expect(changed(stdout).slice(2)).toEqual([
      "-  a: '*** (before)'",
      "+  a: '*** (after)'",
      "+  c: '***'",
    ]);
    expect(stdout).not.toMatch(/b2xk|bmV3|c2FtZQ/);
  });

  test('looks for kinds without a namespace where they are', async () => {
    const { stdout } = await live('apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n');
    expect(fake.seen.at(-1)?.path).toBe('/api/v1/namespaces/shop');
    expect(stdout).toContain('+kind: Namespace\n');
  });

  test('says everything that went wrong with its place, and shows nothing', async () => {
    fake.overrides.unshift(({ method, path }) =>
      method === 'PATCH' && path.endsWith('/web')
        ? { status: 422, body: { message: 'spec.ports: Required value' } }
        : undefined,
    );
    const thing = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n';
    const nameless = 'apiVersion: v1\nkind: Service\nmetadata: {generateName: a-}\n';
    const { code, stdout, stderr } = await live(
      `# A comment.\n${service(1)}---\n${thing}---\n${nameless}---\n${service(80)}`,
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(
      'Error: <stdin>:2: PATCH /api/v1/namespaces/shop/services/web: spec.ports: Required value\nTried ',
    );
    expect(stderr).toContain('Error: <stdin>:7: the cluster knows no kinds of example.com\nTried ');
    expect(stderr).toContain('Error: <stdin>:11: apiVersion, kind and metadata.name are needed');
  });
});

describe('command lines without a meaning end with code 2:', () => {
  test.each([
    [['deploy/web', '-f', 'app.yaml'], 'name either objects or files'],
    [['deploy/web', '--live'], '--live goes with -f'],
    [['-f', 'app.yaml', '--live', '-o', 'json-patch'], '--live cannot give a json-patch'],
    [['--live'], 'filename not specified'],
    [['ns/shop'], 'nothing is injected into namespace shop itself'],
    [['app.yaml'], 'a manifest is named with -f'],
    [['deplyo/web'], 'Did you mean deploy?'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await diff(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(fake.seen).toEqual([]);
  });
});

describe('diff as a process', () => {
  const patient = 30_000;

  async function outrigger(...args: string[]) {
    const main = join(packageInfo().root, 'src', 'main.ts');
    const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'] } });
    onTestFinished(() => void child.kill('SIGKILL'));
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => {
      stdout += text;
    });
    child.stderr.on('data', (text) => {
      stderr += text;
    });
    const code = await new Promise((done) => child.on('close', done));
    return { code, stdout, stderr };
  }

  test('ends with the code of its answer', { timeout: patient }, async () => {
    const { folder, file } = kubeconfig(fake.url);
    const manifest = folder.write('web.json', JSON.stringify(deploymentOf('web', 'web:2')));
    const [target, live] = await Promise.all([
      outrigger('diff', 'deploy/web', '-c', file),
      outrigger('diff', '-f', manifest, '--live', '-c', file),
    ]);
    expect([target.code, target.stderr]).toEqual([1, '']);
    expect([live.code, live.stderr]).toEqual([1, '']);
    expect(live.stdout).toContain('+      - image: web:2\n');
  });

  test('gives up after five seconds', { timeout: patient }, async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => void sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const { folder, file } = kubeconfig(url);
    const flags = ['-c', file, ...smallConfigFlags(folder)];
    const manifest = folder.write('web.json', JSON.stringify(deploymentOf('web')));
    const results = await Promise.all([
      outrigger('diff', 'deploy/web', ...flags),
      outrigger('diff', '-f', manifest, '--live', ...flags),
    ]);
    for (const { code, stdout, stderr } of results) {
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain('no answer in time');
      expect(stderr).toContain(`Tried kubeconfig ${file}, context here, at ${url}.`);
    }
  });
});
