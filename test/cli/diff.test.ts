import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsonPatch from 'fast-json-patch';
import { describe, expect, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import { deployment, runCli, service, smallConfigFlags, temporaryFolder } from './run-cli.ts';

const blocks = deployment.replace('{app: web}', '\n        app: web');

describe('the diff', () => {
  test('is empty with code 0 when injection would change nothing', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const result = await runCli(['diff', '-f', '-', ...flags], { stdin: service });
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('shows the added lines with code 1', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const { code, stdout, stderr } = await runCli(['diff', '-f', '-', ...flags], { stdin: blocks });
    expect([code, stderr]).toEqual([1, '']);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual(['--- <stdin>', '+++ <stdin>']);
    expect(lines[2]).toMatch(/^@@ -7,8 \+7,\d+ @@$/);
    expect(lines).toContain('+        injected: ours');
    expect(lines).toContain('+        - name: istio-proxy');
    expect(lines.filter((line) => line.startsWith('-')).slice(1)).toEqual([]);
  });

  test('can be applied, and gives what kube-inject gives', async () => {
    const folder = temporaryFolder();
    const flags = smallConfigFlags(folder);
    const text = `${service}---\n${deployment}---\n${blocks}`;
    const app = folder.write('app.yaml', text);
    const json = `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[]}}`;
    const pods = folder.write('pods.json', `${json}${json}`);
    const files = ['-f', app, '-f', pods];
    const injected = new Map<string, string>();
    for (const file of [app, pods]) {
      const { stdout } = await runCli(['kube-inject', '-f', file, ...flags]);
      injected.set(file, stdout);
    }
    for (const command of [['diff'], ['kube-inject', '--output-format', 'patch']]) {
      folder.write('app.yaml', text);
      folder.write('pods.json', `${json}${json}`);
      const { stdout } = await runCli([...command, ...files, ...flags]);
      const relative = stdout.replaceAll(`${folder.path}/`, '');
      execFileSync('git', ['apply', '-p0', '-'], { cwd: folder.path, input: relative });
      for (const [file, wanted] of injected) expect(readFileSync(file, 'utf8')).toBe(wanted);
    }
  });

  test('has colours only on a terminal', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const pieces: string[] = [];
    const { Readable, Writable } = await import('node:stream');
    const sink = new Writable({
      write(piece, _encoding, done) {
        pieces.push(String(piece));
        done();
      },
    });
    await run(['diff', '-f', '-', ...flags], {
      stdin: Readable.from([Buffer.from(blocks)]),
      stdout: sink,
      stderr: sink,
      env: {},
      colour: false,
      stdoutColour: true,
      exitCode: 0,
    });
    const text = pieces.join('');
    expect(text).toContain('\u001b[32m+        injected: ours\u001b[0m\n');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are
    const plain = text.replace(/\u001b\[\d*m/g, '');
    expect(plain).toBe((await runCli(['diff', '-f', '-', ...flags], { stdin: blocks })).stdout);
  });

  test('comes with notes and the reason for skips', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const out = blocks.replace('app: web', "app: web\n        sidecar.istio.io/inject: 'false'");
    const { code, stderr } = await runCli(['diff', '-f', '-', ...flags], { stdin: out });
    expect(code).toBe(0);
    expect(stderr).toContain('===> Skipping injection because Deployment "web"');
  });
});

describe('failures end with code 2', () => {
  test.each([
    [['diff'], 'filename not specified'],
    [['diff', '--bogus'], 'unknown flag: --bogus'],
    [['diff', '-f', join('no', 'such.yaml')], 'no such file'],
    [['diff', '-f', 'x', '-o', 'yaml'], 'invalid argument "yaml"'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  test('also when only the second document is wrong', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const { code, stdout } = await runCli(['diff', '-f', '-', ...flags], {
      stdin: `${blocks}---\na: [\n`,
    });
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('patches', () => {
  const list = `apiVersion: v1
kind: List
items:
- ${deployment.trimEnd().replaceAll('\n', '\n  ')}
- ${service
    .trimEnd()
    .replace(/^#.*\n/, '')
    .replaceAll('\n', '\n  ')}
`;

  test('of a single object are what kubectl takes', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const injected = await runCli(['kube-inject', '-f', '-', ...flags], { stdin: deployment });
    const wanted = parseGoYaml(injected.stdout);
    const json = await runCli(['diff', '-f', '-', '-o', 'json-patch', ...flags], {
      stdin: deployment,
    });
    expect(json.code).toBe(1);
    const patched = jsonPatch.applyPatch(parseGoYaml(deployment), JSON.parse(json.stdout));
    expect(patched.newDocument).toEqual(wanted);
    const merge = await runCli(['diff', '-f', '-', '-o', 'merge-patch', ...flags], {
      stdin: deployment,
    });
    expect(JSON.parse(merge.stdout)).toMatchObject({
      spec: { template: { metadata: { labels: { injected: 'ours' } } } },
    });
  });

  test('of several objects come with their targets', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const args = ['kube-inject', '-f', '-', '--output-format', 'json-patch', ...flags];
    const { code, stdout } = await runCli(args, { stdin: list });
    expect(code).toBe(0);
    const [only, ...rest] = JSON.parse(stdout);
    expect(rest).toEqual([]);
    expect(only.target).toEqual({
      group: 'apps',
      version: 'v1',
      kind: 'Deployment',
      name: 'web',
    });
    expect(only.patch[0].path).toMatch(/^\/spec\/template\//);
  });

  test('are empty when nothing changes', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const of = async (output: string, stdin: string) =>
      (await runCli(['diff', '-f', '-', '-o', output, ...flags], { stdin })).stdout;
    expect(await of('json-patch', service)).toBe('[]\n');
    expect(await of('merge-patch', service)).toBe('{}\n');
    expect(await of('merge-patch', `${service}---\n${service}`)).toBe('[]\n');
  });
});
