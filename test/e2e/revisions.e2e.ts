import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation } from './installation.ts';
import { createPod, makeNamespace, proxyOf, simplePod } from './pods.ts';
import { readObjects } from './read-objects.ts';
import { until } from './until.ts';

const assets = inject('assets');
const run = promisify(execFile);

describe.skipIf(assets === '')('two revisions beside each other', () => {
  let cluster: Cluster;
  let stable: Installation;
  let canary: Installation;
  let pods = 0;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    const { values } = embeddedConfiguration();
    await applyIstio(cluster);
    await applyIstio(cluster, {
      revision: 'canary',
      values: values.replace(/^ {2}tag: .*$/m, '  tag: canary'),
    });
    stable = await Installation.install(cluster, {
      manifests: async () => (await outrigger('manifests')).stdout,
    });
    canary = await Installation.install(cluster, {
      name: 'outrigger-canary',
      manifests: async () => (await outrigger('manifests', '--revision', 'canary')).stdout,
      args: ['--ca-secret=outrigger-ca-canary'],
      env: { REVISION: 'canary' },
    });
    const replicas = [await stable.start(), await canary.start()];
    await stable.ready(replicas[0]!);
    await canary.ready(replicas[1]!);
  });
  afterAll(async () => {
    await stable?.close();
    await canary?.close();
    await cluster?.stop();
  });

  test('each injects the namespaces that name it', async () => {
    await makeNamespace(cluster, 'old', { 'istio.io/rev': 'default' });
    await makeNamespace(cluster, 'new', { 'istio.io/rev': 'canary' });
    await makeNamespace(cluster, 'enabled', { 'istio-injection': 'enabled' });
    await makeNamespace(cluster, 'silent');
    expect({
      old: await injectedBy('old'),
      new: await injectedBy('new'),
      enabled: await injectedBy('enabled'),
      silent: await injectedBy('silent'),
      podWish: await injectedBy('silent', { 'istio.io/rev': 'canary' }),
    }).toEqual({
      old: 'default',
      new: 'canary',
      enabled: 'default',
      silent: 'nobody',
      podWish: 'canary',
    });
  });

  test('a tag is whatever revision it points at', async () => {
    await makeNamespace(cluster, 'tagged', { 'istio.io/rev': 'prod' });
    expect(await injectedBy('tagged')).toBe('nobody');
    expect((await outrigger('tag', 'list')).stderr).toBe('No Istio revision tags found.\n');

    await outrigger('tag', 'set', 'prod', '--revision', 'canary');
    await until('the tag to count', async () =>
      (await injectedBy('tagged')) === 'canary' ? true : undefined,
    );
    expect((await outrigger('tag', 'list')).stdout).toBe(
      'TAG  REVISION NAMESPACES\nprod canary   tagged\n',
    );

    await expect(outrigger('tag', 'set', 'prod', '--revision', 'default')).rejects.toThrow(
      'revision tag "prod" already exists, and --overwrite is false',
    );
    await outrigger('tag', 'set', 'prod', '--revision', 'default', '--overwrite');
    await until('the other revision', async () =>
      (await injectedBy('tagged')) === 'default' ? true : undefined,
    );

    await expect(outrigger('tag', 'remove', 'prod')).rejects.toThrow('still injected by tag');
    await outrigger('tag', 'remove', 'prod', '-y');
    await until('nobody to inject', async () =>
      (await injectedBy('tagged')) === 'nobody' ? true : undefined,
    );
    expect(await cluster.kubectl(['get', 'clusterrole', '-l', 'istio.io/tag', '-o', 'name'])).toBe(
      '',
    );
  });

  test('caBundle of a tag is kept right, too', async () => {
    await outrigger('tag', 'set', 'kept', '--revision', 'canary');
    const name = 'istio-revision-tag-kept';
    await cluster.kubectl([
      'patch',
      'mutatingwebhookconfiguration',
      name,
      '--type=json',
      '-p',
      JSON.stringify([{ op: 'remove', path: '/webhooks/0/clientConfig/caBundle' }]),
    ]);
    const right = await canary.bundle();
    await until('the repair', async () => {
      const { webhooks } = await cluster.get('mutatingwebhookconfiguration', name);
      const [{ clientConfig }] = webhooks as [{ clientConfig: { caBundle?: string } }];
      const bundle = Buffer.from(clientConfig.caBundle ?? '', 'base64').toString();
      return bundle === right || undefined;
    });
    await outrigger('tag', 'remove', 'kept');
  });

  test('the tag default takes the place of the default revision', async () => {
    const { stderr } = await outrigger('tag', 'set', 'default', '--revision', 'canary');
    expect(stderr).toContain('outrigger-sidecar-injector is deactivated');
    await until('the tag to count', async () =>
      (await injectedBy('enabled')) === 'canary' ? true : undefined,
    );
    expect(await injectedBy('old')).toBe('canary');
    expect(await injectedBy('new')).toBe('canary');
    expect(await injectedBy('silent', { 'sidecar.istio.io/inject': 'true' })).toBe('canary');
  });

  test('a tag cannot have the name of a revision, nor point at one that is not there', async () => {
    await expect(outrigger('tag', 'set', 'canary', '--revision', 'default')).rejects.toThrow(
      'found existing control plane revision with same name',
    );
    await expect(outrigger('tag', 'set', 'x', '--revision', 'none')).rejects.toThrow(
      'cannot find MutatingWebhookConfiguration with revision "none"',
    );
    await expect(outrigger('tag', 'remove', 'x')).rejects.toThrow('cannot remove tag "x"');
  });

  test('the canary overlay is what the command prints', async () => {
    const overlay = await cluster.kubectl(['kustomize', 'manifests/overlays/canary']);
    const { stdout } = await outrigger('manifests', '--revision', 'canary');
    expect(byName(overlay)).toEqual(byName(stdout));
    const base = await cluster.kubectl(['kustomize', 'manifests/overlays/default']);
    expect(byName(base)).toEqual(byName((await outrigger('manifests')).stdout));
  });

  test('the API server knows every field of what is printed', async () => {
    const everything = [
      ['--revision=one', '--namespace=mesh', '--istio-namespace=istio-system'],
      ['--image=localhost:5000/outrigger:dev'],
    ];
    await makeNamespace(cluster, 'mesh');
    for (const flags of everything) {
      const { stdout } = await outrigger('manifests', ...flags);
      await cluster.apply(stdout, '--dry-run=server', '--validate=strict');
    }
    const trial = await cluster.kubectl(['kustomize', 'manifests/overlays/trial']);
    await cluster.apply(trial, '--dry-run=server', '--validate=strict');
  });

  function outrigger(...args: string[]): Promise<{ stdout: string; stderr: string }> {
    return run(process.execPath, [join(inject('dist'), 'outrigger.js'), ...args], {
      env: { ...process.env, KUBECONFIG: cluster.kubeconfig },
    });
  }

  /** The revision that injects a new pod. */
  async function injectedBy(
    namespace: string,
    labels: { readonly [name: string]: string } = {},
  ): Promise<'default' | 'canary' | 'nobody'> {
    const pod = await createPod(cluster, namespace, simplePod(`pod-${pods++}`, labels));
    const proxy = proxyOf(pod);
    if (proxy === undefined) return 'nobody';
    return String(proxy['image']).endsWith(':canary') ? 'canary' : 'default';
  }
});

function byName(manifest: string): { [name: string]: unknown } {
  return Object.fromEntries(
    readObjects(manifest).map((object) => {
      const { name, namespace } = object['metadata'] as { name: string; namespace?: string };
      return [`${object['kind']} ${namespace}/${name}`, object];
    }),
  );
}
