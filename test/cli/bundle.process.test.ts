import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';
import { builtProgram } from './built-program.ts';
import { deployment, service, smallConfigFlags, temporaryFolder } from './run-cli.ts';

/** The program as it is shipped, built from the present sources into a folder of its own. */
const { root, version } = packageInfo();
let built = '';

beforeAll(() => {
  built = builtProgram();
}, 180_000);

function program(
  args: readonly string[],
  input = '',
): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(built, 'outrigger.js'), ...args], {
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
}

describe('the bundle', () => {
  test('injects what is on standard input', () => {
    const input = `${service}---\n${deployment}`;
    const { status, stdout, stderr } = program(['kube-inject', '-f', '-'], input);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.startsWith(`${service}---\n`)).toBe(true);
    expect(stdout).toContain('- name: istio-proxy');
  });

  test('ends with codes that scripts can go by', () => {
    expect(program(['--version'])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(program(['kube-inject', '--bogus']).status).toBe(64);
    expect(program(['kube-inject', '-f', 'missing.yaml']).status).toBe(1);
  });

  test('explains manifests, in colour only where that is wanted', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n';
    const { status, stdout, stderr } = program(
      ['explain', '-f', '-'],
      `${namespace}---\n${deployment}`,
    );
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/^✗ pods of Deployment default\/web would be left without a sidecar: /);
    expect(stdout).toContain('kubectl label namespace default istio-injection=enabled --overwrite');
    expect(program(['explain', '-f', 'missing.yaml']).status).toBe(2);
    expect(program(['explain', 'pod/web', '--kubeconfig', 'missing']).status).toBe(2);
  });

  test('runs regular expressions and checksums of templates, which are loaded late', () => {
    const folder = temporaryFolder();
    const template = folder.write(
      't.yaml',
      'metadata:\n  labels:\n    a: {{ regexReplaceAll "o+" "foo" "u" }}\n    b: {{ sha256sum "x" | trunc 6 | quote }}\n',
    );
    const { stdout } = program(
      ['kube-inject', '-f', '-', '--injectConfigFile', template],
      deployment,
    );
    expect(stdout).toContain('a: fu');
    expect(stdout).toContain('b: "2d7116"');
  });

  test('keeps quiet when its reader goes away', async () => {
    const folder = temporaryFolder();
    const long = folder.write('long.yaml', `${deployment}---\n`.repeat(300));
    const child = spawn(process.execPath, [
      ...[join(built, 'outrigger.js'), 'kube-inject', '-f', long],
      ...smallConfigFlags(folder),
    ]);
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect([code, complaint]).toEqual([0, '']);
  });

  test('writes results as well that are longer than a pipe takes at once', () => {
    const folder = temporaryFolder();
    const long = folder.write('long.yaml', `${deployment}---\n`.repeat(300));
    const file = join(folder.path, 'result.yaml');
    const command = [process.execPath, join(built, 'outrigger.js'), 'kube-inject', '-f', long];
    command.push(...smallConfigFlags(folder));
    spawnSync('sh', ['-c', '"$@" > "$0"', file, ...command]);
    const text = readFileSync(file, 'utf8');
    expect(text.match(/name: istio-proxy/g)?.length).toBe(300);
    const { stdout } = spawnSync('sh', ['-c', '"$@" | (sleep 0.2; cat)', 'sh', ...command], {
      encoding: 'utf8',
    });
    expect(stdout === text).toBe(true);
  });

  test('does not load server, cluster client or certificates for kube-inject', () => {
    const bundle = readFileSync(join(built, 'kube-inject.cjs'), 'utf8');
    expect(bundle).not.toMatch(
      /node_modules\/(?:fastify|pino|@kubernetes|@peculiar|prom-client|chokidar|yaml)\//,
    );
    expect(bundle).not.toMatch(/^import .* from/m);
    expect(bundle).toContain('require("./kubernetes-client.cjs")');
  });

  test('loads the cluster client for a kube-inject that asks a cluster', () => {
    const folder = temporaryFolder();
    const kubeconfig = folder.write(
      'kubeconfig',
      'clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]\nusers: [{name: u, user: {token: t}}]\n' +
        'contexts: [{name: x, context: {cluster: c, user: u}}]\ncurrent-context: x\n',
    );
    const args = ['kube-inject', '-f', '-', '--from-cluster', '--kubeconfig', kubeconfig];
    const { status, stderr } = program(args, deployment);
    expect(status).toBe(1);
    expect(stderr).toContain('https://127.0.0.1:1 cannot be reached');
  });
});

describe('the launcher', () => {
  const launcher = join(root, 'bin', 'outrigger');

  /** A package with the launcher and a program that says what it was started with. */
  function fakePackage(): { path: string; bin: string } {
    const { path } = temporaryFolder();
    mkdirSync(join(path, 'bin'));
    mkdirSync(join(path, 'dist'));
    cpSync(launcher, join(path, 'bin', 'outrigger'));
    writeFileSync(
      join(path, 'dist', 'outrigger.js'),
      'console.log(JSON.stringify({ node: process.execPath, args: process.argv.slice(2) }))',
    );
    return { path, bin: join(path, 'bin', 'outrigger') };
  }

  function launch(command: string, options: { cwd?: string; path?: string; args?: string[] } = {}) {
    return spawnSync(command, options.args ?? ['a', 'b c'], {
      cwd: options.cwd ?? '/',
      encoding: 'utf8',
      env: { PATH: options.path ?? `${resolve(process.execPath, '..')}:/usr/bin:/bin` },
    });
  }

  test('runs the program from any folder and through links', () => {
    const { path, bin } = fakePackage();
    symlinkSync(bin, join(path, 'absolute'));
    mkdirSync(join(path, 'links'));
    symlinkSync('../absolute', join(path, 'links', 'relative'));
    for (const [command, cwd] of [
      [bin, '/'],
      [join(path, 'links', 'relative'), '/'],
      ['./links/relative', path],
      ['./outrigger', join(path, 'bin')],
    ] as const) {
      const { stdout, stderr } = launch(command, { cwd });
      expect(stderr).toBe('');
      expect(JSON.parse(stdout).args).toEqual(['a', 'b c']);
    }
  });

  test('prefers the Node.js of the package', () => {
    const { path, bin } = fakePackage();
    const own = join(path, 'node_modules', 'node', 'bin');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'node'), '#!/bin/sh\necho own "$@"\n');
    chmodSync(join(own, 'node'), 0o755);
    expect(launch(bin).stdout).toMatch(/^own .*dist\/outrigger\.js a b c\n$/);
  });

  test('says what to do without Node.js or without a build', () => {
    const { path, bin } = fakePackage();
    const tools = join(path, 'tools');
    mkdirSync(tools);
    for (const tool of ['sh', 'readlink']) {
      const found = [`/bin/${tool}`, `/usr/bin/${tool}`].find((name) => existsSync(name));
      symlinkSync(found ?? '', join(tools, tool));
    }
    const noNode = launch(bin, { path: tools });
    expect([noNode.status, noNode.stdout]).toEqual([1, '']);
    expect(noNode.stderr).toContain('needs Node.js 22.19 or newer');

    rmSync(join(path, 'dist'), { recursive: true });
    const noBuild = launch(bin);
    expect(noBuild.status).toBe(1);
    expect(noBuild.stderr).toContain("Run 'npm ci'");
  });
});

test('the template package is built with its types', () => {
  expect(existsSync(join(built, 'gotemplate.js'))).toBe(true);
  expect(readdirSync(join(built, 'types', 'gotemplate'))).toContain('index.d.ts');
});

describe('compiled code', () => {
  const folder = (): string => join(built, '.code-cache');
  const inject = () => program(['kube-inject', '-f', '-'], deployment);

  test('is kept by the first run, used by the next, and made anew when it is of no use', () => {
    rmSync(folder(), { recursive: true, force: true });
    const { stdout } = inject();
    const [kept = ''] = readdirSync(folder());
    expect(kept).toMatch(/^kube-inject-[0-9a-f]{16}-v[0-9.]+-\w+$/);
    const { mtimeMs } = statSync(join(folder(), kept));
    expect(inject().stdout).toBe(stdout);
    expect(statSync(join(folder(), kept)).mtimeMs).toBe(mtimeMs);

    writeFileSync(join(folder(), kept), 'of no use');
    expect(inject()).toMatchObject({ status: 0, stdout, stderr: '' });
    expect(readdirSync(folder())).toEqual([kept]);
    expect(statSync(join(folder(), kept)).size).toBeGreaterThan(100_000);
  });
});

test('the built-in configuration is the same when it was read by the build', () => {
  const folder = join(built, 'built-in');
  const hidden = join(built, 'hidden');
  const read = program(['kube-inject', '-f', '-'], deployment).stdout;
  expect(readdirSync(folder)).toContain('template-sidecar.json');
  renameSync(folder, hidden);
  try {
    const anew = program(['kube-inject', '-f', '-'], deployment);
    expect(anew).toMatchObject({ status: 0, stdout: read, stderr: '' });
  } finally {
    renameSync(hidden, folder);
  }
});
