import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployment, runCli, service, smallConfigFlags, temporaryFolder } from './run-cli.ts';

const shop = deployment.replace('{app: web}', '\n        app: web');

async function injected(text: string, flags: readonly string[] = []): Promise<string> {
  const { code, stdout } = await runCli(['kube-inject', '-f', '-', ...flags], { stdin: text });
  expect(code).toBe(0);
  expect(stdout).toContain('istio-proxy');
  return stdout;
}

async function uninject(text: string, flags: readonly string[] = []) {
  return runCli(['uninject', '-f', '-', ...flags], { stdin: text });
}

describe('what was injected comes back', () => {
  test.each([
    ['as it was written', shop],
    ['with what stands around it', `---\n${service}---\n# ours\n${shop}--- # next\nkind: Other\n`],
    ['with line ends of Windows and a byte order mark', `\ufeff${shop.replaceAll('\n', '\r\n')}`],
    [
      'as JSON when it is JSON',
      `{\n  "apiVersion": "v1",\n  "kind": "Pod",\n  "metadata": {"name": "a"},\n  "spec": {"containers": [{"name": "a", "image": "a"}]}\n}\n`,
    ],
    [
      'in a List',
      `apiVersion: v1\nkind: List\nitems:\n${shop.replace(/^(?=.)/gm, '    ').replace('    api', '  - api')}`,
    ],
  ])('%s', async (_, text) => {
    expect(await uninject(await injected(text))).toEqual({ code: 0, stdout: text, stderr: '' });
  });

  test('by another configuration when that is named', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const text = await injected(shop, flags);
    expect(text).toContain('injected: ours');
    expect((await uninject(text, flags)).stdout).toBe(shop);
    const guessed = await uninject(text);
    expect(guessed.stdout).toContain('injected: ours');
    expect(guessed.stdout).not.toContain('istio-proxy');
  });

  test('also for kinds that a flag names', async () => {
    const flags = ['--pod-template', 'x.example/Thing=spec.template'];
    const thing = shop.replace('apps/v1', 'x.example/v1').replace('Deployment', 'Thing');
    const text = await injected(thing, flags);
    expect((await uninject(text, flags)).stdout).toBe(thing);
    expect((await uninject(text)).stdout).toBe(text);
  });
});

test('what was not injected comes back byte for byte', async () => {
  const text = `${shop}---\n\n# none\n---\nkey:   [ a,b ]`;
  expect(await uninject(text)).toEqual({ code: 0, stdout: text, stderr: '' });
});

test('what cannot be known is told with its file and object', async () => {
  const probe = `${shop}          ports:
            - name: http
              containerPort: 80
          livenessProbe:
            httpGet:
              port: http
`;
  const { code, stdout, stderr } = await uninject(await injected(probe));
  expect(code).toBe(0);
  expect(stdout).toBe(probe.replace('port: http', 'port: 80'));
  expect(stderr).toBe(
    'Note: <stdin>: Deployment "web": livenessProbe of container "web" uses port 80; whether that was ' +
      'written as "http" is not recorded\n',
  );
});

test('a damaged record is an error with its line, and nothing is written', async () => {
  const text = (await injected(shop)).replace(/(sidecar.istio.io\/status: ).*/, '$1nonsense');
  const { code, stdout, stderr } = await uninject(text);
  expect([code, stdout]).toEqual([1, '']);
  const line = text.split('\n').findIndex((one) => one.includes('nonsense')) + 1;
  expect(stderr).toContain(`<stdin>:${line}:9: document 1: Deployment "web": `);
  expect(stderr).toContain('sidecar.istio.io/status: nonsense\n');
});

describe('files', () => {
  async function folderWithInjected() {
    const folder = temporaryFolder();
    const path = folder.write('a.yaml', await injected(shop));
    folder.write('b.yml', service);
    return { folder, path };
  }

  test('of a directory are written in place', async () => {
    const { folder, path } = await folderWithInjected();
    const result = await runCli(['uninject', '-f', folder.path, '--in-place']);
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe(shop);
    expect(readFileSync(join(folder.path, 'b.yml'), 'utf8')).toBe(service);
    expect(readdirSync(folder.path).sort()).toEqual(['a.yaml', 'b.yml']);
  });

  test('are written into one', async () => {
    const { folder } = await folderWithInjected();
    const target = join(folder.path, 'all.txt');
    await runCli(['uninject', '-f', join(folder.path, '*.y*ml'), '-o', target]);
    expect(readFileSync(target, 'utf8')).toBe(`${shop}---\n${service}`);
  });

  test('are only named with --check', async () => {
    const { folder, path } = await folderWithInjected();
    const before = readFileSync(path, 'utf8');
    const result = await runCli(['uninject', '-f', folder.path, '--check']);
    expect(result).toEqual({
      code: 1,
      stdout: '',
      stderr: `${path}:1: Deployment "web" would be uninjected\n`,
    });
    expect(readFileSync(path, 'utf8')).toBe(before);
    expect((await runCli(['uninject', '-f', join(folder.path, 'b.yml'), '--check'])).code).toBe(0);
  });

  test.each([
    [['--in-place', '-f', '-'], '--in-place needs files, and - is standard input'],
    [['--check', '--in-place', '-f', 'a.yaml'], '--check writes nothing'],
    [[], 'filename not specified'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await runCli(['uninject', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

test('a patch leads from what is injected to what was there', async () => {
  const text = await injected(shop);
  const merge = await uninject(text, ['--output-format', 'merge-patch']);
  expect(JSON.parse(merge.stdout).spec.template.metadata.annotations).toBeNull();
  const diff = await uninject(text, ['--output-format', 'patch']);
  expect(diff.stdout).toMatch(/^-.*istio-proxy/m);
  expect(diff.stdout).not.toMatch(/^\+(?!\+\+ )/m);
});
