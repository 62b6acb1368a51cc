import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { FakeApiServer } from '../kube/fake-api-server.ts';
import { type CliResult, deployment, runCli, smallConfig, temporaryFolder } from './run-cli.ts';

const webhooks = '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations';

let fake: FakeApiServer;
/** Objects by their path. */
let objects: Map<string, JsonObject>;
beforeEach(async () => {
  fake = await new FakeApiServer().start();
  objects = new Map();
  putInjector('istio-sidecar-injector', 'cluster');
  putMesh('istio');
  fake.overrides.push(({ path }) => {
    const body = objects.get(path);
    if (body !== undefined) return { status: 200, body };
    const name = path.split('/').pop();
    // Collections are the fake's own to answer.
    if (['namespaces', 'mutatingwebhookconfigurations'].includes(name ?? '')) return undefined;
    return { status: 404, body: { message: `"${name}" not found`, reason: 'NotFound' } };
  });
});
afterEach(() => fake.stop());

function put(namespace: string, name: string, data: JsonObject): void {
  objects.set(`/api/v1/namespaces/${namespace}/configmaps/${name}`, { data });
}

function putInjector(name: string, mark: string, namespace = 'istio-system'): void {
  put(namespace, name, { config: smallConfig, values: JSON.stringify({ mark }) });
}

function putMesh(name: string, mesh = 'trustDomain: there.example', namespace?: string): void {
  put(namespace ?? 'istio-system', name, { mesh });
}

function kubeconfig(server = fake.url): { file: string; flags: string[]; env: { HOME: string } } {
  const folder = temporaryFolder();
  const file = folder.write(
    'config',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'here',
      contexts: [
        { name: 'here', context: { cluster: 'c', user: 'u' } },
        { name: 'elsewhere', context: { cluster: 'd', user: 'u' } },
      ],
      clusters: [
        { name: 'c', cluster: { server } },
        { name: 'd', cluster: { server: 'http://127.0.0.1:1' } },
      ],
      users: [{ name: 'u', user: { token: 'secret-token' } }],
    }),
  );
  return { file, flags: ['--kubeconfig', file], env: { HOME: folder.path } };
}

function inject(...flags: string[]): Promise<CliResult> {
  return runCli(['kube-inject', '-f', '-', ...flags], { stdin: deployment });
}

describe('kube-inject by the configuration of a cluster', () => {
  test('takes template, values and mesh configuration from its ConfigMaps', async () => {
    const { flags } = kubeconfig();
    const { code, stdout, stderr } = await inject(...flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('injected: cluster');
    expect(fake.seen.map(({ headers }) => headers.authorization)).toContain('Bearer secret-token');
  });

  test('is only looked for when a flag asks for it', async () => {
    const { file, env } = kubeconfig();
    const input = { stdin: deployment, env: { ...env, KUBECONFIG: file } };
    const without = await runCli(['kube-inject', '-f', '-'], input);
    expect(without.code).toBe(0);
    expect(fake.seen).toEqual([]);
    const asked = await runCli(['kube-inject', '-f', '-', '--from-cluster'], input);
    expect(asked.stdout).toContain('injected: cluster');
  });

  test.each([
    ['-c', 'file'],
    ['--context', 'here'],
    ['-i', 'istio-system'],
    ['--injectConfigMapName', 'istio-sidecar-injector'],
    ['--meshConfigMapName', 'istio'],
  ])('is implied by %s', async (flag, value) => {
    const { file } = kubeconfig();
    const { stdout, stderr } = await runCli(
      ['kube-inject', '-f', '-', flag, value === 'file' ? file : value],
      { stdin: deployment, env: { KUBECONFIG: file } },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('injected: cluster');
  });

  test('uses the namespace and the names that flags give', async () => {
    putInjector('mine', 'chosen', 'mesh');
    putMesh('its', '', 'mesh');
    const names = ['--injectConfigMapName', 'mine', '--meshConfigMapName', 'its'];
    const { stdout } = await inject(...kubeconfig().flags, '-i', 'mesh', ...names);
    expect(stdout).toContain('injected: chosen');
  });

  test('takes the ConfigMaps of the revision, and says it in the pod', async () => {
    putInjector('istio-sidecar-injector-canary', 'canary');
    putMesh('istio-canary');
    const { stdout } = await inject(...kubeconfig().flags, '-r', 'canary');
    expect(stdout).toContain('injected: canary');
    expect(stdout).toContain('"revision":"canary"');
  });

  test.each(['', 'default'])('revision %j is the one without a suffix', async (revision) => {
    const { stdout } = await inject(...kubeconfig().flags, '-r', revision);
    expect(stdout).toContain('injected: cluster');
    expect(stdout).toContain('"revision":"default"');
  });

  test.each([
    ['istio-system', 'istio-revision-tag-default'],
    ['mesh', 'istio-revision-tag-default-mesh'],
  ])('takes the revision of the tag "default" of namespace %s', async (namespace, name) => {
    putInjector('istio-sidecar-injector-canary', 'canary', namespace);
    putMesh('istio-canary', '', namespace);
    objects.set(`${webhooks}/${name}`, {
      metadata: { name, labels: { 'istio.io/tag': 'default', 'istio.io/rev': 'canary' } },
    });
    const { stdout, stderr } = await inject(...kubeconfig().flags, '-i', namespace);
    expect(stdout).toContain('injected: canary');
    expect(stderr).toContain('Note: revision: canary, where the tag "default" points');
  });

  test('goes on with the default revision when the tag may not be read', async () => {
    fake.overrides.unshift(({ path }) =>
      path.startsWith(webhooks) ? { status: 403, body: { message: 'no' } } : undefined,
    );
    const { stdout, stderr } = await inject(...kubeconfig().flags);
    expect(stdout).toContain('injected: cluster');
    expect(stderr).toContain('for want of the right to find out');
  });

  test('files come before ConfigMaps, which are not even asked for then', async () => {
    const folder = temporaryFolder();
    const values = folder.write('values.yaml', 'mark: file\n');
    const { stdout } = await inject(...kubeconfig().flags, '-r', 'default', '--valuesFile', values);
    expect(stdout).toContain('injected: file');

    fake.seen.length = 0;
    const mesh = ['--meshConfigFile', folder.write('mesh.yaml', 'trustDomain: x.example\n')];
    await inject(...kubeconfig().flags, '-r', 'default', ...mesh);
    expect(fake.seen.map(({ path }) => path.split('/').pop())).toEqual(['istio-sidecar-injector']);
  });

  test('a template of a file is given the values of the ConfigMap', async () => {
    const file = temporaryFolder().write('injector.yaml', smallConfig);
    const { stdout } = await inject(...kubeconfig().flags, '--injectConfigFile', file);
    expect(stdout).toContain('injected: cluster');
  });

  test('single settings are laid over the values of the ConfigMap', async () => {
    const { stdout } = await inject(...kubeconfig().flags, '--set', 'mark=set');
    expect(stdout).toContain('injected: set');
  });

  test('decides by the namespaces and tags of the cluster with --as-admission', async () => {
    put('istio-system', 'istio-sidecar-injector', {
      config: `policy: enabled\n${smallConfig}`,
      values: '{"mark":"cluster"}',
    });
    const inNamespace = deployment.replace('metadata:', 'metadata:\n  namespace: shop');
    const decide = async () =>
      (
        await runCli(['kube-inject', '-f', '-', '--as-admission', ...kubeconfig().flags], {
          stdin: inNamespace,
        })
      ).stdout !== inNamespace;
    fake.put('/api/v1/namespaces', { metadata: { name: 'shop', labels: {} } });
    expect(await decide()).toBe(false);
    fake.put('/api/v1/namespaces', {
      metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
    });
    expect(await decide()).toBe(true);
  });

  test('does not ask for namespaces when a file has them', async () => {
    const file = temporaryFolder().write(
      'namespaces.yaml',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: default, labels: {istio-injection: enabled}}\n',
    );
    const { code } = await inject(...kubeconfig().flags, '--namespaces', file);
    expect(code).toBe(0);
    expect(fake.seen.map(({ path }) => path)).not.toContain('/api/v1/namespaces');
  });

  test('diff does the same', async () => {
    const { code, stdout } = await runCli(['diff', '-f', '-', ...kubeconfig().flags], {
      stdin: deployment,
    });
    expect(code).toBe(1);
    expect(stdout).toContain('+      labels: {app: web, injected: cluster}');
  });
});

describe('when the cluster does not help, the error says what was tried and what to do:', () => {
  const refused = async (...flags: string[]) => {
    const { code, stdout, stderr } = await inject(...flags);
    expect([code, stdout]).toEqual([1, '']);
    return stderr;
  };

  test('a ConfigMap is missing', async () => {
    const { file, flags } = kubeconfig();
    objects.delete('/api/v1/namespaces/istio-system/configmaps/istio-sidecar-injector');
    const said = await refused(...flags);
    expect(said).toContain(
      'could not find valid configmap "istio-sidecar-injector" from namespace "istio-system"',
    );
    expect(said).toContain(`Tried kubeconfig ${file}, context here, at ${fake.url}.`);
    expect(said).toContain('--injectConfigFile');
    expect(said.match(/^Error: /gm)).toHaveLength(1);
  });

  test('the mesh ConfigMap is missing', async () => {
    objects.delete('/api/v1/namespaces/istio-system/configmaps/istio');
    const said = await refused(...kubeconfig().flags);
    expect(said).toContain('could not read valid configmap "istio" from namespace "istio-system"');
    expect(said).toContain('--meshConfigFile');
  });

  test.each([
    ['istio-sidecar-injector', { values: '{}' }, 'key "config" in "istio-sidecar-injector"'],
    ['istio-sidecar-injector', { config: smallConfig }, 'key "values" in "istio-sidecar-injector"'],
    ['istio', {}, 'missing configuration map key "mesh"'],
  ])('ConfigMap %s has %j', async (name, data, expected) => {
    put('istio-system', name, data);
    expect(await refused(...kubeconfig().flags)).toContain(expected);
  });

  test('a template is wrong', async () => {
    const config = 'templates:\n  sidecar: |\n    metadata:\n      labels: {{ nonsense }}\n';
    put('istio-system', 'istio-sidecar-injector', { config, values: '{}' });
    const said = await refused(...kubeconfig().flags);
    expect(said).toContain('ConfigMap istio-system/istio-sidecar-injector, key config:4');
    expect(said).toContain('labels: {{ nonsense }}');
  });

  test('access is forbidden', async () => {
    fake.overrides.unshift(() => ({ status: 403, body: { message: 'configmaps is forbidden' } }));
    const said = await refused(...kubeconfig().flags);
    expect(said).toContain('configmaps is forbidden');
    expect(said).toContain('Tried kubeconfig');
    expect(said).toContain('Grant');
  });

  test('namespaces may not be listed', async () => {
    fake.overrides.unshift(({ path }) =>
      path === '/api/v1/namespaces' ? { status: 403, body: { message: 'no' } } : undefined,
    );
    const said = await refused(...kubeconfig().flags, '--as-admission');
    expect(said).toContain('could not read the namespaces of the cluster');
    expect(said).toContain('--namespaces');
  });

  test('nothing listens there', async () => {
    const { flags } = kubeconfig();
    const said = await refused(...flags, '--context', 'elsewhere', '-r', 'default');
    expect(said).toContain('http://127.0.0.1:1 cannot be reached: nothing listens there');
    expect(said).toContain('context elsewhere');
  });

  test('there is no kubeconfig', async () => {
    const { code, stderr } = await runCli(['kube-inject', '-f', '-', '--from-cluster'], {
      stdin: deployment,
      env: { HOME: '/nonexistent' },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('/nonexistent/.kube/config: the kubeconfig cannot be read');
  });

  test('somebody else is to be acted as', async () => {
    expect(await refused(...kubeconfig().flags, '--as', 'root')).toContain('--as is not supported');
  });
});
