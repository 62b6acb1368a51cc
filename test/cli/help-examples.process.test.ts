import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { builtProgram } from './built-program.ts';
import { deployment, runCli, service, smallConfig, temporaryFolder } from './run-cli.ts';

/** The program as it is shipped, built from the present sources into a folder of its own. */
let built = '';

beforeAll(() => {
  built = builtProgram();
}, 180_000);

/** They need a cluster or a server, and cannot do without: it is enough that they know what they need. */
const elsewhere =
  /(?:^|& )outrigger (?:audit|doctor|tag|try|(?:diff|explain) \w+\/|certs show localhost)|--from-cluster|--live|--context/;
/** These go on until somebody ends them; tests of their own start them. */
const endless = /^outrigger serve(?!.*--context)/;

/** The command lines at the end of a command's help. */
async function examplesOf(command: string): Promise<string[]> {
  const { stdout } = await runCli([command, '--help']);
  const [, text = ''] = /\nExamples:\n(.*?)(?=\nExit codes:)/s.exec(stdout) ?? [];
  return text
    .split(/\n\n/)
    .map((block) =>
      block
        .split('\n')
        .filter((line) => line.trim() !== '' && !/^ {2}# /.test(line))
        .map((line) => line.replace(/^ {2}/, ''))
        .join('\n'),
    )
    .filter((line) => line !== '');
}

const cases = (await Promise.all(commands.map(({ name }) => examplesOf(name)))).flatMap(
  (lines, at) => lines.map((line) => [line, commands[at]?.name ?? ''] as const),
);

test('every command has examples', () => {
  const without = commands.filter(({ name }) => !cases.some(([, command]) => command === name));
  expect(without).toEqual([]);
});

/** A folder with everything that the examples name, and stand-ins for the tools that they hand on to. */
function workshop(): { path: string; env: Record<string, string> } {
  const { path } = temporaryFolder();
  const write = (name: string, text: string): void => writeFileSync(join(path, name), text);
  for (const folder of ['bin', 'deploy', '.zfunc', '.config/fish/completions']) {
    mkdirSync(join(path, folder), { recursive: true });
  }
  for (const name of ['app.yaml', 'db.yaml', 'web.yaml', 'deploy/web.yaml'])
    write(name, deployment);
  write('injected.yaml', service);
  write(
    'pod.yaml',
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a}]}\n',
  );
  write('namespaces.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n');
  for (const name of ['values.yaml', 'values']) write(name, 'global: {}\n');
  for (const name of ['injector.yaml', 'config']) write(name, smallConfig);
  for (const name of ['istio.yaml', 'mesh']) write(name, 'trustDomain: cluster.local\n');
  const template = 'spec:\n  containers:\n  - name: istio-proxy\n    image: proxy:1\n';
  for (const name of ['sidecar.yaml', 'log-shipper.yaml']) write(name, template);
  const program = (name: string, text: string): void => {
    write(`bin/${name}`, `#!/bin/sh\n${text}\n`);
    chmodSync(join(path, 'bin', name), 0o755);
  };
  program('outrigger', `exec '${process.execPath}' '${join(built, 'outrigger.js')}' "$@"`);
  program('kubectl', 'case "$1" in get) cat web.yaml ;; *) cat > /dev/null ;; esac');
  for (const name of ['kustomize', 'kpt', 'jq']) program(name, 'true');
  const env = {
    PATH: `${join(path, 'bin')}${delimiter}${process.env['PATH']}`,
    HOME: path,
    KUBECONFIG: join(path, 'no-kubeconfig'),
  };
  return { path, env };
}

describe('an example of the help', () => {
  test.each(cases.filter(([line]) => !endless.test(line)))(
    '%s',
    (line, command) => {
      const { path, env } = workshop();
      // What comes of one example may be what the next one of the command starts from.
      const lines = cases.filter(([, other]) => other === command).map(([other]) => other);
      const earlier = lines
        .slice(0, lines.indexOf(line))
        .filter((one) => / create| show .*>/.test(one));
      const script = [...earlier, line].join('\n');
      const { status, stderr } = spawnSync('bash', ['-o', 'pipefail', '-c', script], {
        cwd: path,
        encoding: 'utf8',
        env,
      });
      if (elsewhere.test(line)) {
        expect(stderr).toMatch(/kubeconfig|nobody listens|ECONNREFUSED|connect/i);
        expect(stderr).not.toContain('--help');
        return;
      }
      expect(stderr).not.toContain('Error:');
      expect(stderr).not.toContain('not found');
      // 1 is an answer of --check, diff and explain.
      expect(
        line.includes('--check') || ['diff', 'explain'].includes(command) ? [0, 1] : [0],
      ).toContain(status);
    },
    30_000,
  );
});
