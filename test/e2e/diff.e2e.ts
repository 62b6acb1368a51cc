import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { Cluster } from './cluster.ts';
import { applyIstio } from './installation.ts';
import { outrigger } from './outrigger.ts';
import { createPod, makeNamespace, simplePod } from './pods.ts';

const assets = inject('assets');

const web = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: ${image}
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /ready, port: 8080}}
`;
const secret = (data: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {a: ${data}, b: same}\n`;

describe.skipIf(assets === '')('diff with a cluster', () => {
  let cluster: Cluster;
  let folder: string;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    folder = join(cluster.folder, 'shell');
    mkdirSync(folder);
    const program = join(folder, 'outrigger');
    const script = join(inject('dist'), 'outrigger.js');
    writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
    chmodSync(program, 0o755);
  });
  afterAll(() => cluster?.stop());

  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const versions = async (...args: string[]): Promise<unknown[]> => {
    const { items } = await cluster.get(...args);
    return (items as JsonObject[]).map(
      ({ metadata }) => (metadata as JsonObject)['resourceVersion'],
    );
  };
  /** Nothing runs pods here, but the controllers write down what they have seen. */
  const settle = (namespace: string, kind: string): Promise<string> =>
    cluster.kubectl([
      ...['wait', `${kind}/web`, '-n', namespace, '--timeout=60s'],
      '--for=jsonpath={.status.observedGeneration}',
    ]);

  test('of a live object is a patch that kubectl takes, and then there is nothing more', async () => {
    await makeNamespace(cluster, 'shop');
    await cluster.apply(web('example.com/web:1'), '-n', 'shop');
    const before = await outrigger(cluster, 'diff', 'deploy/web', '-n', 'shop');
    expect([before.code, before.stderr]).toEqual([1, '']);
    expect(before.stdout).toMatch(/^--- apps\.v1\.Deployment\.shop\.web\n/);
    expect(before.stdout).toMatch(/^\+ +- name: istio-proxy$/m);
    expect(before.stdout).not.toContain('managedFields');

    const line =
      'outrigger diff deploy/web -n shop -o json-patch > patch.json || [ $? = 1 ]; ' +
      'kubectl patch deployment web -n shop --type json --patch-file patch.json';
    await promisify(execFile)('bash', ['-ec', line], {
      cwd: folder,
      env: {
        ...process.env,
        PATH: [folder, assets, process.env['PATH']].join(delimiter),
        KUBECONFIG: cluster.kubeconfig,
      },
    });
    const { spec } = await cluster.get('deployment', 'web', '-n', 'shop');
    expect(JSON.stringify(spec)).toContain('istio-proxy');
    const after = await outrigger(cluster, 'diff', 'deploy/web', '-n', 'shop');
    expect(after).toEqual({ code: 0, stdout: '', stderr: '' });
    const patch = await outrigger(cluster, 'diff', 'deploy/web', '-n', 'shop', '-o', 'json-patch');
    expect([patch.code, patch.stdout]).toEqual([0, '[]\n']);
  });

  test('of a pod that is injected already is empty', async () => {
    await makeNamespace(cluster, 'pods');
    const file = write('pod.yaml', JSON.stringify(simplePod('web')));
    await createPod(cluster, 'pods', simplePod('plain'));
    const { stdout } = await outrigger(cluster, 'kube-inject', '-f', file, '--from-cluster');
    await cluster.apply(stdout, '-n', 'pods');
    const injected = await outrigger(cluster, 'diff', 'pod/web', '-n', 'pods');
    expect(injected).toEqual({ code: 0, stdout: '', stderr: '' });
    const plain = await outrigger(cluster, 'diff', 'po', 'plain', '-n', 'pods');
    expect([plain.code, plain.stderr]).toEqual([1, expect.stringContaining('made now')]);
  });

  test('with --live shows what applying would change, and changes nothing', async () => {
    await makeNamespace(cluster, 'live');
    const old = write('old.yaml', `${web('example.com/web:1')}---\n${secret('old')}`);
    const { stdout } = await outrigger(cluster, 'kube-inject', '-f', old, '--from-cluster');
    await cluster.apply(stdout, '-n', 'live');
    await settle('live', 'deployment');
    const kinds = ['deployments,secrets,configmaps,replicasets', '-n', 'live'];
    const before = await versions(...kinds);
    const diff = (...args: string[]) => outrigger(cluster, 'diff', '--live', '-n', 'live', ...args);

    expect(await diff('-f', old)).toEqual({ code: 0, stdout: '', stderr: '' });

    const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fresh}\ndata: {a: b}\n';
    const next = write('new.yaml', `${web('example.com/web:2')}---\n${secret('new')}---\n${map}`);
    const { code, stdout: shown, stderr } = await diff('-f', next);
    expect([code, stderr]).toEqual([1, '']);
    const changed = shown.split('\n').filter((line) => /^[-+]/.test(line));
    expect(changed).toEqual([
      '--- apps.v1.Deployment.live.web',
      '+++ apps.v1.Deployment.live.web',
      '-      - image: example.com/web:1',
      '+      - image: example.com/web:2',
      '--- v1.Secret.live.key',
      '+++ v1.Secret.live.key',
      '-  a: "*** (before)"'.replaceAll('"', "'"),
      '+  a: "*** (after)"'.replaceAll('"', "'"),
      '--- v1.ConfigMap.live.fresh',
      '+++ v1.ConfigMap.live.fresh',
      '+apiVersion: v1',
      '+data:',
      '+  a: b',
      '+kind: ConfigMap',
      '+metadata:',
      '+  name: fresh',
      '+  namespace: live',
    ]);
    expect(await versions(...kinds)).toEqual(before);
  });

  test('with --live of what came injected from the cluster is empty', async () => {
    const deployed = await cluster.kubectl(['get', 'deploy', '-n', 'shop', '-o', 'yaml']);
    const file = write('deployed.yaml', deployed);
    const result = await outrigger(cluster, 'diff', '-f', file, '--live');
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('with --live says what the API server refuses, and where', async () => {
    const file = write('web.yaml', ['# The shop.', web('example.com/web:1')].join('\n'));
    const { code, stdout, stderr } = await outrigger(
      cluster,
      ...['diff', '-f', file, '--live', '-n', 'nowhere'],
    );
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`Error: ${file}:2: PATCH /apis/apps/v1/namespaces/nowhere/`);
    expect(stderr).toContain('namespaces "nowhere" not found');
    expect(stderr).toContain(`Tried kubeconfig ${cluster.kubeconfig}`);
  });
});
