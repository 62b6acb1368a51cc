import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { announce } from '../../src/cli/serve/announce.ts';
import { chooseCluster } from '../../src/cli/serve/choose-cluster.ts';
import { withMountedFiles } from '../../src/cli/serve/mounted-files.ts';
import type { ServingConfiguration } from '../../src/cli/serve/serving-configuration.ts';
import type { ApiServer } from '../../src/kube/api-server.ts';
import type { InForce } from '../../src/serving/configuration-holder.ts';
import { keepLines } from '../kube/log-lines.ts';

describe('the cluster of a server', () => {
  test('is none outside of a pod, however many kubeconfigs lie around', async () => {
    expect(await chooseCluster({}, { HOME: '/root', KUBECONFIG: '/etc/kubeconfig' })).toBe(
      undefined,
    );
  });

  test('is that of the kubeconfig or the context that flags name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outrigger-'));
    const kubeconfig = join(folder, 'config');
    const text = {
      contexts: [{ name: 'one', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://192.0.2.1:6443' } }],
      users: [{ name: 'u', user: {} }],
    };
    writeFileSync(kubeconfig, JSON.stringify(text));
    const cluster = await chooseCluster({ kubeconfig, context: 'one' }, {});
    expect(cluster?.api.url).toBe('https://192.0.2.1:6443');
    const byContext = await chooseCluster({ context: 'one' }, { KUBECONFIG: kubeconfig });
    expect(byContext?.description).toBe(`kubeconfig ${kubeconfig}, context one`);
    rmSync(folder, { recursive: true });
  });
});

describe('files that Istio mounts', () => {
  const all = () => true;
  const mounted = {
    injectConfigFile: './var/lib/istio/inject/config',
    valuesFile: ['./var/lib/istio/inject/values'],
    meshConfigFile: './etc/istio/config/mesh',
  };

  test('are used where they are there', () => {
    expect(withMountedFiles({}, all)).toEqual(mounted);
    expect(withMountedFiles({}, () => false)).toEqual({});
    expect(withMountedFiles({}, (file) => file.endsWith('mesh'))).toEqual({
      meshConfigFile: mounted.meshConfigFile,
    });
  });

  test('give way to flags, part by part', () => {
    expect(withMountedFiles({ valuesFile: ['v'] }, all)).toEqual({
      valuesFile: ['v'],
      meshConfigFile: mounted.meshConfigFile,
    });
    expect(withMountedFiles({ meshConfigFile: 'm' }, all)).toMatchObject({
      injectConfigFile: mounted.injectConfigFile,
      meshConfigFile: 'm',
    });
  });
});

describe('the line that says what a server goes by', () => {
  const configuration = (over: Partial<ServingConfiguration> = {}): ServingConfiguration => ({
    description: 'built in',
    nativeSidecars: 'on',
    current: () => undefined,
    readiness: () => [],
    status: () => ({
      configuration: { inForce: undefined, lastReload: undefined, refusals: [] },
      followed: [],
    }),
    namespaces: () => undefined,
    stop: async () => {},
    ...over,
  });

  test('tells that namespaces are not looked at where they are not known', () => {
    const { logger, lines } = keepLines();
    announce(logger, undefined, configuration());
    expect(lines).toMatchObject([
      {
        msg: 'ready to inject',
        cluster: 'none',
        configuration: 'built in',
        revision: 'default',
        namespaces: 'not looked at: whatever the API server sends is considered',
        leavesAlone: ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'],
      },
    ]);
  });

  test.each([
    ['in a pod', 'ConfigMap istio-system/istio-sidecar-injector'],
    ['kubeconfig /home/me/.kube/config, context kind', '/etc/injector.yaml'],
    ['none', 'built in'],
  ])('says %s, where the configuration is from, and its hash', (description, source) => {
    const { logger, lines } = keepLines();
    const api = { url: 'https://192.0.2.1' } as ApiServer;
    const hash = 'abc';
    const inForce = { configuration: { hash, revision: '' } } as unknown as InForce;
    const status = () => ({
      configuration: { inForce, lastReload: undefined, refusals: [] },
      followed: [],
    });
    const cluster = description === 'none' ? undefined : { api, description, namespace: undefined };
    announce(logger, cluster, configuration({ description: source, status }));
    expect(lines).toMatchObject([{ cluster: description, configuration: source, hash }]);
  });

  test('names no more namespaces than can be read', () => {
    const { logger, lines } = keepLines();
    const leftAlone = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    const namespaces = () => ({ injected: ['a'], onRequest: [], leftAlone });
    announce(logger, undefined, configuration({ namespaces }));
    expect(lines[0]).toMatchObject({ injects: ['a'], onRequest: [] });
    const said = lines[0]?.['leavesAlone'] as string[];
    expect(said).toHaveLength(31);
    expect(said.at(-1)).toBe('and 970 more');
  });
});
