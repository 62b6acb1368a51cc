import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { packageInfo } from '../../src/package.ts';
import { runCli } from './run-cli.ts';

describe('help', () => {
  test.each([[[]], [['--help']], [['-h']], [['help']]])(
    'for %j lists every command',
    async (args) => {
      const { code, stdout, stderr } = await runCli(args);
      expect([code, stderr]).toEqual([0, '']);
      for (const { name, summary } of commands) {
        expect(stdout).toContain(`  ${name}`);
        expect(stdout.replace(/\s+/g, ' ')).toContain(summary);
      }
      expect(stdout).toContain('Exit codes:');
    },
  );

  test.each(commands.map(({ name }) => name))('of %s has examples and exit codes', async (name) => {
    const { code, stdout } = await runCli([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: outrigger ${name}`);
    expect(stdout).toContain('Examples:\n');
    expect(stdout).toContain('Exit codes:\n');
    expect((await runCli(['help', name])).stdout).toBe(stdout);
  });

  test.each(['certs', 'config', 'tag', 'template'])(
    'is what %s has to say by itself',
    async (name) => {
      const { code, stdout, stderr } = await runCli([name]);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).toBe((await runCli([name, '--help'])).stdout);
    },
  );
});

describe('usage errors end with code 64', () => {
  test.each([
    [['kube-injekt'], 'unknown command "kube-injekt"', 'Did you mean kube-inject?'],
    [['kube-inject', '--filenam', 'x'], 'unknown flag: --filenam', 'Did you mean --filename?'],
    [['kube-inject', '-f'], 'flag needs an argument: -f', "'outrigger kube-inject --help'"],
    [['version', '-o', 'yaml'], 'invalid argument "yaml" for flag -o', 'json'],
    [['kube-inject', '--insecure=perhaps'], 'invalid argument "perhaps"', 'true or false'],
    [
      ['kube-inject', '-f', 'x', '--pod-template', 'Rollout'],
      'not a kind with a pod template',
      'group/Kind=path',
    ],
    [['--bogus'], 'unknown flag: --bogus', "'outrigger --help'"],
  ])('%j', async (args, message, hint) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(`Error: ${message}`);
    expect(stderr).toContain(hint);
  });
});

test.each(['diff', 'explain'])('%s without anything says what can be named', async (name) => {
  const { code, stderr } = await runCli([name]);
  expect(code).toBe(2);
  expect(stderr).toContain(
    'Name an object of the cluster, such as deploy/web, or a manifest with -f',
  );
});

describe('version', () => {
  const { version } = packageInfo();

  test('prints for people', async () => {
    expect((await runCli(['version'])).stdout).toContain(`outrigger ${version} `);
    expect((await runCli(['--version'])).stdout).toBe(`${version}\n`);
  });

  test('prints for scripts', async () => {
    const { stdout } = await runCli(['version', '-o', 'json']);
    expect(JSON.parse(stdout)).toEqual({ version, node: process.versions.node });
  });
});
