import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtProgram } from './built-program.ts';
import { deployment, service, temporaryFolder } from './run-cli.ts';

/** The program as it is shipped, built from the present sources into a folder of its own. */
let built = '';

beforeAll(() => {
  built = builtProgram();
}, 180_000);

const bare = { PATH: process.env['PATH'], TERM: 'xterm' };

interface Ending {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program as a process, without a terminal. */
function program(args: readonly string[], cwd: string, input = ''): Ending {
  return spawnSync(process.execPath, [join(built, 'outrigger.js'), ...args], {
    cwd,
    input,
    encoding: 'utf8',
    env: bare,
  });
}

/** Runs the program on a pseudo-terminal, and gives all that a person would see. */
function onTerminal(
  /** For the shell; `outrigger` stands for the program. */
  line: string,
  cwd: string,
  env: Record<string, string> = {},
): { status: number | null; seen: string } {
  const command = `stty cols 100; outrigger() { '${process.execPath}' '${join(built, 'outrigger.js')}' "$@"; }; ${line}`;
  const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd,
    encoding: 'utf8',
    env: { ...bare, SHELL: '/bin/bash', ...env },
  });
  return { status, seen: stdout.replaceAll('\r\n', '\n') };
}

describe.skipIf(!existsSync('/usr/bin/script'))('on a terminal', () => {
  test('an error is red, names file, line and column, and shows the line', () => {
    const folder = temporaryFolder();
    folder.write('app.yaml', 'a: [1\nb: 2\n');
    const { status, seen } = onTerminal('outrigger kube-inject -f app.yaml', folder.path);
    expect(status).toBe(1);
    expect(seen.startsWith('\u001b[31mError:\u001b[0m app.yaml:2:2: document 1: ')).toBe(true);
    expect(seen).toContain(' 2 | b: 2\n');
    const { seen: plain } = onTerminal('outrigger kube-inject -f app.yaml', folder.path, {
      NO_COLOR: '1',
    });
    expect(plain).toMatch(/^Error: app\.yaml:2:2: /);
    expect(plain).not.toContain('\u001b');
  }, 30_000);

  test('a diff is coloured, and what goes through a pipe is not', () => {
    const folder = temporaryFolder();
    folder.write('app.yaml', deployment);
    const { status, seen } = onTerminal('outrigger diff -f app.yaml', folder.path);
    expect(status).toBe(1);
    expect(seen).toContain('\u001b[32m+        - name: istio-proxy');
    const { seen: piped } = onTerminal('outrigger diff -f app.yaml | cat', folder.path);
    expect(piped).not.toContain('\u001b');
  }, 30_000);

  test('long work shows how far it is, and leaves nothing of it', () => {
    const folder = temporaryFolder();
    folder.write('app.yaml', `${deployment}---\n`);
    const { status, seen } = onTerminal(
      '(cat app.yaml; sleep 4; cat app.yaml) | outrigger kube-inject -f - -o out.yaml',
      folder.path,
    );
    expect([status, seen]).toEqual([0, '\r0.0 MiB\u001b[K\r\u001b[K']);
  }, 60_000);
});

describe('as a process', () => {
  test('--check names on stderr what would change, and ends with 1 until nothing would', () => {
    const folder = temporaryFolder();
    folder.write('app.yaml', `${service}---\n${deployment}`);
    const check = ['kube-inject', '-f', 'app.yaml', '--check'];
    expect(program(check, folder.path)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'app.yaml:6: Deployment "web" would be injected\n',
    });
    expect(program(['kube-inject', '-f', 'app.yaml', '--in-place'], folder.path).status).toBe(0);
    expect(program(check, folder.path)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(program(['uninject', '-f', 'app.yaml', '--in-place'], folder.path).status).toBe(0);
    expect(program(check, folder.path).status).toBe(1);
  }, 60_000);

  test('--as-admission injects what the cluster would', () => {
    const folder = temporaryFolder();
    const inNamespace = (namespace: string) =>
      deployment.replace('name: web', `name: web\n  namespace: ${namespace}`);
    const input = `${inNamespace('shop')}---\n${inNamespace('other')}---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: v1
kind: Namespace
metadata: {name: other}
`;
    const { status, stdout, stderr } = program(
      ['kube-inject', '-f', '-', '--as-admission'],
      folder.path,
      input,
    );
    expect(status).toBe(0);
    expect(stdout.match(/- name: istio-proxy/g)).toHaveLength(1);
    expect(stderr).toContain('other/web');
  }, 30_000);

  test('uninject gives back the bytes that went into kube-inject', () => {
    const folder = temporaryFolder();
    const input = `${service}---\n${deployment.replace('{app: web}', '\n        app: web')}`;
    const injected = program(['kube-inject', '-f', '-'], folder.path, input);
    expect(injected.stdout).toContain('istio-proxy');
    expect(program(['uninject', '-f', '-'], folder.path, injected.stdout)).toMatchObject({
      status: 0,
      stdout: input,
      stderr: '',
    });
  }, 30_000);

  test.skipIf(!existsSync('/dev/full'))(
    'a full disk is an error, also for standard output',
    () => {
      const folder = temporaryFolder();
      folder.write('app.yaml', deployment);
      const line = `'${process.execPath}' '${join(built, 'outrigger.js')}' kube-inject -f app.yaml`;
      for (const [target, name] of [
        ['> /dev/full', 'standard output'],
        ['-o /dev/full', '/dev/full'],
      ]) {
        const args = ['-c', `${line} ${target}`];
        const { status, stderr } = spawnSync('sh', args, {
          cwd: folder.path,
          encoding: 'utf8',
          env: bare,
        });
        expect([status, stderr]).toEqual([1, `Error: write ${name}: no space left on device\n`]);
      }
    },
    30_000,
  );

  test('other kinds of files are told apart', () => {
    const folder = temporaryFolder();
    folder.write('binary.yaml', '');
    const inject = (...args: string[]) => program(['kube-inject', ...args], folder.path);
    expect(inject('-f', 'binary.yaml')).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(inject('-f', process.execPath).stderr).toContain('is not UTF-8 text');
    expect(inject('-f', 'missing.yaml').stderr).toContain('open missing.yaml: no such file');
    expect(program(['kube-inject', '-f', '-'], folder.path)).toMatchObject({
      status: 0,
      stdout: '',
    });
  }, 60_000);
});
