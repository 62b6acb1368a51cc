import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import { run } from '../../src/cli/run.ts';
import { isThisMachine } from '../../src/cli/try/post-review.ts';
import { startTestServer, type TestServer, testCertificate } from './test-server.ts';

let running: TestServer;
let folder: string;
let url: string;
beforeAll(async () => {
  running = await startTestServer();
  url = `https://localhost:${running.port}/inject`;
  folder = await mkdtemp(join(tmpdir(), 'try-'));
});
afterAll(async () => {
  await running.server.stop(1000);
  await rm(folder, { recursive: true });
});

async function outrigger(args: readonly string[], stdin = '') {
  const out = new PassThrough({ encoding: 'utf8' });
  const err = new PassThrough({ encoding: 'utf8' });
  const exitCode = await run(['try', '--url', url, ...args], {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: out,
    stderr: err,
    env: {},
    colour: false,
    exitCode: 0,
  });
  return { exitCode, stdout: String(out.read() ?? ''), stderr: String(err.read() ?? '') };
}

const podText = (doing: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: mine, labels: {do: ${doing}}}\nspec: {nodeName: x, containers: []}\n`;

describe('try', () => {
  test('prints the pod as the patch makes it, and says why on stderr', async () => {
    const result = await outrigger(['-f', '-'], podText('inject'));
    expect(result.exitCode).toBe(0);
    expect(parse(result.stdout)).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'mine',
        labels: { do: 'inject' },
        annotations: { 'a/b': 'größer ✓' },
      },
      spec: { containers: [] },
    });
    expect(result.stderr).toMatch(
      /patched the pod with 2 operations \(label-true\), in [\d.]+ ms\./,
    );
    expect(result.stderr).toContain('inject label: label-true "true" => inject');
  });

  test('sends a dry run of a sample pod when it is given none', async () => {
    running.injector.requests.length = 0;
    await outrigger(['-o', 'patch', '-n', 'shop']);
    expect(running.injector.requests).toMatchObject([{ namespace: 'shop', pod: { kind: 'Pod' } }]);
    expect(running.log.findLast(({ level }) => level === 30)).toMatchObject({ dryRun: true });
  });

  test('prints patch, JSON and the whole answer', async () => {
    const file = join(folder, 'pod.yaml');
    await writeFile(file, podText('inject'));
    const patch = JSON.parse((await outrigger(['-f', file, '-o', 'patch'])).stdout);
    expect(patch).toHaveLength(2);
    const pod = JSON.parse((await outrigger(['-f', file, '-o', 'json'])).stdout);
    expect(pod.metadata.name).toBe('mine');
    const review = JSON.parse((await outrigger(['-f', file, '-o', 'review'])).stdout);
    expect(review.response.allowed).toBe(true);
  });

  test('prints a pod that was left alone as it was', async () => {
    const result = await outrigger(['-f', '-'], podText('skip'));
    expect(parse(result.stdout)).toEqual(parse(podText('skip')));
    expect(result.stderr).toContain('left the pod alone (policy-disabled)');
  });

  test('fails with the message of the webhook when that refuses the pod', async () => {
    const result = await outrigger(['-f', '-'], podText('fail'));
    expect(result).toMatchObject({ exitCode: 1, stdout: '' });
    expect(result.stderr).toContain('refuses the pod: failed to run injection template');
  });

  test('fails when nobody listens, and says how to start the webhook', async () => {
    const result = await outrigger(['--url', 'https://127.0.0.1:1/inject']);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('nobody listens at https://127.0.0.1:1');
    expect(result.stderr).toContain('outrigger serve');
  });

  test('fails when the certificate is not signed by the authority that is named', async () => {
    const file = join(folder, 'ca.crt');
    await writeFile(file, (await testCertificate()).certificate);
    expect(await outrigger(['--ca-file', file, '-o', 'patch'])).toMatchObject({ exitCode: 0 });
    const other = await startTestServer();
    other.server.setCertificate(await selfSignedCertificate(['localhost'], new Date()));
    const result = await outrigger([
      '--url',
      `https://localhost:${other.port}/inject`,
      '--ca-file',
      file,
    ]);
    await other.server.stop(1000);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('--ca-file');
  });

  test.each([
    ['localhost', true],
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['[::1]', true],
    ['localhost.example', false],
    ['127.0.0.1.example', false],
    ['10.0.0.1', false],
  ])('the host %s is this machine: %s', (host, expected) => {
    expect(isThisMachine(host)).toBe(expected);
  });

  test.each([
    [['--url', 'ftp://x'], 64, 'invalid argument "ftp://x" for flag --url'],
    [['-f', '/does/not/exist'], 1, 'no such file or directory'],
    [['--ca-file', '/does/not/exist'], 1, 'no such file or directory'],
  ])('%j fails with code %i', async (args, exitCode, text) => {
    const result = await outrigger(args);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain(text);
  });

  test.each([
    ['kind: Deployment', 'the kind is Deployment'],
    ['[1', 'Flow sequence'],
    ['', 'the kind is none'],
  ])('refuses to send %j', async (text, message) => {
    const result = await outrigger(['-f', '-'], text);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain(message);
  });
});

describe('try, with something else than a webhook at the other end', () => {
  let server: Server;
  afterEach(() => void server.close());

  test.each([
    [404, 'not found'],
    [200, '<html>'],
    [200, '{}'],
    [200, '{"response":{"allowed":true,"patch":"e30="}}'],
    [200, ''],
  ])('fails on HTTP %i %j', async (status, text) => {
    server = createServer((_, answer) => answer.writeHead(status).end(text));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const result = await outrigger(['--url', `http://127.0.0.1:${port}/inject`]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('the answer is not an AdmissionReview');
  });

  test('fails when the patch does not apply', async () => {
    const patch = Buffer.from('[{"op":"remove","path":"/no/such"}]').toString('base64');
    const text = JSON.stringify({ response: { allowed: true, patch } });
    server = createServer((_, answer) => answer.end(text));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const result = await outrigger(['--url', `http://127.0.0.1:${port}/inject`]);
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain('does not apply');
  });
});
