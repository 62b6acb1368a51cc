import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { applyIstio } from './installation.ts';
import { makeNamespace } from './pods.ts';

const assets = inject('assets');
const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec: {containers: [{name: web, image: "example.com/web:1"}]}
`;

describe.skipIf(assets === '')('kube-inject by the ConfigMaps of a cluster', () => {
  let cluster: Cluster;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
    await makeNamespace(cluster, 'shop');
  });
  afterAll(() => cluster?.stop());

  const outrigger = async (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const program = join(inject('dist'), 'outrigger.js');
    const child = promisify(execFile)(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], ...env },
    });
    child.child.stdin?.end(pod);
    return child;
  };

  test('injects what the API server then takes', async () => {
    const { stdout, stderr } = await outrigger(['kube-inject', '-f', '-', '--from-cluster'], {
      KUBECONFIG: cluster.kubeconfig,
    });
    expect(stderr).toBe('');
    expect(stdout).toContain('istio-proxy');
    await cluster.apply(stdout, '--dry-run=server', '--validate=strict');
  });

  test('shows a change of the ConfigMap at the next call', async () => {
    const config = 'templates: {sidecar: "metadata: {labels: {by: {{ .Values.who }}}}"}';
    const data = { config, values: '{"who":"the-cluster"}' };
    await cluster.kubectl([
      ...['patch', 'configmap', 'istio-sidecar-injector', '-n', 'istio-system'],
      ...['--type=merge', '-p', JSON.stringify({ data })],
    ]);
    const { stdout } = await outrigger(['kube-inject', '-f', '-', '-c', cluster.kubeconfig]);
    expect(stdout).toContain('by: the-cluster');
  });

  test('goes by the labels of the namespaces there', async () => {
    const args = ['kube-inject', '-f', '-', '-c', cluster.kubeconfig, '--as-admission'];
    expect((await outrigger(args)).stdout).toBe(pod);
    await cluster.kubectl(['label', 'namespace', 'shop', 'istio-injection=enabled']);
    // The small configuration above says nothing about a policy.
    const policy = {
      config: 'policy: enabled\ntemplates: {sidecar: "metadata: {labels: {a: b}}"}',
    };
    await cluster.kubectl([
      ...['patch', 'configmap', 'istio-sidecar-injector', '-n', 'istio-system'],
      ...['--type=merge', '-p', JSON.stringify({ data: policy })],
    ]);
    expect((await outrigger(args)).stdout).toContain('a: b');
  });

  test('names what is missing', async () => {
    const failed = outrigger(['kube-inject', '-f', '-', '-c', cluster.kubeconfig, '-r', 'none']);
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/istio(-sidecar-injector)?-none" not found.*Tried kubeconfig/s),
    });
  });
});
