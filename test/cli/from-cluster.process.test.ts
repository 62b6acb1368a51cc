import { spawn } from 'node:child_process';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../src/certs/make-certificate.ts';
import { packageInfo } from '../../src/package.ts';
import { FakeApiServer } from '../kube/fake-api-server.ts';
import { deployment, smallConfig, temporaryFolder } from './run-cli.ts';

/** Two processes take their time to start, and two of them wait for five seconds. */
const patient = 30_000;

const maps: { readonly [name: string]: object } = {
  'istio-sidecar-injector': { config: smallConfig, values: '{"mark":"cluster"}' },
  istio: { mesh: 'trustDomain: there.example' },
};

/** The answer of an API server to a request for one of the ConfigMaps; everything else is not there. */
function answerTo(path: string): { status: number; body: object } {
  const data = maps[path.split('/').pop() ?? ''];
  return data ? { status: 200, body: { data } } : { status: 404, body: { message: 'not found' } };
}

/** A kubeconfig with one cluster and one user. */
function kubeconfig(cluster: object, user: object) {
  const { write } = temporaryFolder();
  const file = write(
    'config',
    JSON.stringify({
      'current-context': 'here',
      contexts: [{ name: 'here', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user }],
    }),
  );
  return { file, write };
}

/** Runs kube-inject as a process of its own and waits for its end. */
async function inject(file: string) {
  const main = join(packageInfo().root, 'src', 'main.ts');
  const child = spawn(process.execPath, [main, 'kube-inject', '-f', '-', '--kubeconfig', file], {
    env: { PATH: process.env['PATH'] },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.end(deployment);
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

async function fakeCluster(): Promise<FakeApiServer> {
  const fake = await new FakeApiServer().start();
  onTestFinished(() => fake.stop());
  fake.overrides.push(({ path }) => answerTo(path));
  return fake;
}

describe('kube-inject as a process proves who it is', () => {
  test('with what a plugin gives it', { timeout: patient }, async () => {
    const fake = await fakeCluster();
    const credential = JSON.stringify({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'of-the-plugin' },
    });
    const { file } = kubeconfig(
      { server: fake.url },
      {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          interactiveMode: 'Never',
          command: 'echo',
          args: [credential],
        },
      },
    );
    const { code, stdout } = await inject(file);
    expect([code, stdout]).toEqual([0, expect.stringContaining('injected: cluster')]);
    expect(fake.seen.at(-1)?.headers.authorization).toBe('Bearer of-the-plugin');
  });

  test('with a token out of a file', { timeout: patient }, async () => {
    const fake = await fakeCluster();
    const { file, write } = kubeconfig({ server: fake.url }, { tokenFile: 'token' });
    write('token', 'of-the-file\n');
    const { code } = await inject(file);
    expect(code).toBe(0);
    expect(fake.seen.at(-1)?.headers.authorization).toBe('Bearer of-the-file');
  });

  test('with a client certificate, and checks that of the server', {
    timeout: patient,
  }, async () => {
    const now = new Date();
    const notAfter = new Date(now.getTime() + 3_600_000);
    const request = { names: [], authority: true, now, notAfter };
    const ca = await makeCertificate({ ...request, commonName: 'the CA' });
    const leaf = { ...request, authority: false };
    const server = await makeCertificate(
      { ...leaf, commonName: 'server', names: ['127.0.0.1'] },
      ca,
    );
    const client = await makeCertificate({ ...leaf, commonName: 'somebody' }, ca);
    const callers: string[] = [];
    const api = createTlsServer(
      // Who the client is counts here, and not whether a server would believe it.
      {
        cert: server.certificate,
        key: server.key,
        requestCert: true,
        rejectUnauthorized: false,
      },
      (message, response) => {
        const { subject } = (message.socket as TLSSocket).getPeerCertificate();
        callers.push(String(subject?.CN));
        const { status, body } = answerTo(message.url ?? '');
        response.writeHead(status).end(JSON.stringify(body));
      },
    );
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void api.close());
    const url = `https://127.0.0.1:${(api.address() as AddressInfo).port}`;
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    const user = {
      'client-certificate-data': base64(client.certificate),
      'client-key-data': base64(client.key),
    };

    const trusting = { server: url, 'certificate-authority-data': base64(ca.certificate) };
    const { code, stderr } = await inject(kubeconfig(trusting, user).file);
    expect([code, stderr]).toEqual([0, '']);
    expect(new Set(callers)).toEqual(new Set(['somebody']));

    const { code: refused, stderr: why } = await inject(kubeconfig({ server: url }, user).file);
    expect([refused, why]).toEqual([1, expect.stringContaining('is of another authority')]);
  });
});

test('kube-inject as a process gives up after five seconds', { timeout: patient }, async () => {
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { file } = kubeconfig({ server: url }, {});
  // It must not outlive the process that waits for it, either.
  const plugin = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
  };
  const waiting = kubeconfig({ server: url }, { exec: plugin });
  const [atServer, atPlugin] = await Promise.all([inject(file), inject(waiting.file)]);
  for (const { code, stdout, stderr } of [atServer, atPlugin]) {
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('no answer within 5 seconds');
  }
  expect(atServer.stderr).toContain(`Tried kubeconfig ${file}, context here, at ${url}.`);
});
