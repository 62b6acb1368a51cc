import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connectByKubeconfig, connectInPod, isInPod } from '../../src/kube/connect.ts';
import { FakeApiServer } from './fake-api-server.ts';

let folder: string;
let fake: FakeApiServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outrigger-'));
  fake = await new FakeApiServer().start();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
  await fake.stop();
});

const write = (name: string, content: unknown): string => {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const kubeconfig = (over: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'one',
  contexts: [
    { name: 'one', context: { cluster: 'here', user: 'me', namespace: 'mine' } },
    { name: 'two', context: { cluster: 'here', user: 'other' } },
  ],
  clusters: [{ name: 'here', cluster: { server: fake.url } }],
  users: [
    { name: 'me', user: { token: 'mine' } },
    { name: 'other', user: { token: 'theirs' } },
  ],
  ...over,
});

const refused = (flags: { kubeconfig?: string; context?: string }) =>
  expect(connectByKubeconfig(flags, {})).rejects;

describe('a connection by kubeconfig', () => {
  test('goes to the current context with its credentials', async () => {
    const file = write('config', kubeconfig());
    const cluster = await connectByKubeconfig({ kubeconfig: file }, {});
    expect(cluster).toMatchObject({
      description: `kubeconfig ${file}, context one`,
      namespace: 'mine',
    });
    await cluster.api.request({ path: '/version' });
    expect(fake.seen[0]?.headers.authorization).toBe('Bearer mine');
  });

  test('goes to another context when asked', async () => {
    const file = write('config', kubeconfig());
    const { api } = await connectByKubeconfig({ kubeconfig: file, context: 'two' }, {});
    await api.request({ path: '/version' });
    expect(fake.seen[0]?.headers.authorization).toBe('Bearer theirs');
  });

  test('takes the files of $KUBECONFIG together, the earlier one first, missing ones passed over', async () => {
    const first = write('first', kubeconfig({ users: [], 'current-context': 'two' }));
    const second = write(
      'second',
      kubeconfig({ users: [{ name: 'other', user: { token: 'x' } }] }),
    );
    const KUBECONFIG = `${join(folder, 'absent')}:${first}:${second}`;
    const { api } = await connectByKubeconfig({}, { KUBECONFIG });
    await api.request({ path: '/version' });
    expect(fake.seen[0]?.headers.authorization).toBe('Bearer x');
  });

  test('falls back to the file in the home folder', async () => {
    const file = write('.kube/config', kubeconfig());
    const { description } = await connectByKubeconfig({}, { HOME: folder });
    expect(description).toContain(file);
  });

  test('names the contexts there are when the one asked for is not there', async () => {
    const file = write('config', kubeconfig());
    await refused({ kubeconfig: file, context: 'three' }).toMatchObject({
      message: 'the kubeconfig has no context "three"',
      hint: 'Choose one with --context: one, two.',
      place: { file },
    });
  });

  test('is refused when file, current context or cluster are missing', async () => {
    await refused({ kubeconfig: join(folder, 'absent') }).toThrow('there is no such file');
    const none = write('none', kubeconfig({ 'current-context': '' }));
    await refused({ kubeconfig: none }).toThrow('no current context');
    const lost = write('lost', kubeconfig({ clusters: [] }));
    await refused({ kubeconfig: lost }).toThrow('the cluster of context "one" is not');
  });

  test.each(['', 'just text', 'a: [', '{"clusters": [{}]}'])(
    'is refused when the file is no kubeconfig: %j',
    async (text) => {
      await refused({ kubeconfig: write('config', text) }).toMatchObject({
        code: 'OUTRIGGER_CLUSTER',
      });
    },
  );
});

describe('a connection in a pod', () => {
  const account = 'var/run/secrets/kubernetes.io/serviceaccount';

  test('uses the mounted ServiceAccount', async () => {
    write(`${account}/token`, 'pod-token');
    write(`${account}/ca.crt`, '');
    write(`${account}/namespace`, 'istio-system\n');
    const [host = '', port = ''] = ['127.0.0.1', '8080'];
    vi.stubEnv('KUBERNETES_SERVICE_HOST', host);
    vi.stubEnv('KUBERNETES_SERVICE_PORT', port);
    expect(isInPod(process.env, folder)).toBe(true);
    const cluster = await connectInPod(folder);
    expect(cluster).toMatchObject({ description: 'in a pod', namespace: 'istio-system' });
    expect(cluster.api.url).toBe('http://127.0.0.1:8080');
  });

  test('is not there without a token, or without the variables', () => {
    expect(isInPod({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, folder)).toBe(false);
    write(`${account}/token`, 't');
    expect(isInPod({}, folder)).toBe(false);
    expect(isInPod({ KUBERNETES_SERVICE_HOST: '10.0.0.1' }, folder)).toBe(true);
  });
});
