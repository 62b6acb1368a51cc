import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { runCli } from './run-cli.ts';

/** What bash would offer for a command line. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await runCli(['completion', 'bash']);
  const line = ['outrigger', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${stdout}\nCOMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _outrigger; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
}

describe('completion for bash', () => {
  it('offers every command', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
  });

  it('offers the flags of a command', async () => {
    expect(await offered('kube-inject', '--inject')).toEqual([
      '--injectConfigFile',
      '--injectConfigMapName',
    ]);
  });

  it('offers the values of a flag', async () => {
    expect(await offered('kube-inject', '--native-sidecars', '')).toEqual(['true', 'false']);
    expect(await offered('kube-inject', '--output-format', '=', 'json')).toEqual(['json-patch']);
    expect(await offered('diff', '-o', '=')).toEqual(['diff', 'json-patch', 'merge-patch']);
  });

  it('offers the shells that it is for, and help of every command', async () => {
    expect(await offered('completion', '')).toEqual(['bash', 'fish', 'zsh', '--help']);
    expect(await offered('help', 'kube')).toEqual(['kube-inject']);
  });

  it('offers the commands of a group, and of each its own flags', async () => {
    expect(await offered('template', 'l')).toEqual(['list', 'lint']);
    expect(await offered('template', 'lint', '--o')).toEqual(['--output']);
    expect(await offered('template', 'show', '--o')).toEqual(['']);
  });

  it('leaves files to bash, which knows about folders and spaces', async () => {
    expect(await offered('kube-inject', '-f', '')).toEqual(['']);
    expect(await offered('template', 'lint', '')).toEqual(['']);
  });
});

describe('completion for other shells', () => {
  it.each(['zsh', 'fish'])('names every command and flag for %s', async (shell) => {
    const { code, stdout } = await runCli(['completion', shell]);
    expect(code).toBe(0);
    for (const { name } of commands) expect(stdout).toContain(name);
    expect(stdout).toContain('injectConfigFile');
  });

  it('works for zsh from a folder of functions as well as sourced', async () => {
    const { stdout } = await runCli(['completion', 'zsh']);
    expect(stdout).toMatch(/^#compdef outrigger\n/);
    expect(stdout).toContain('  compdef _outrigger outrigger\n');
  });

  it('is refused for a shell that is not known, naming those that are', async () => {
    const { code, stderr } = await runCli(['completion', 'tcsh']);
    expect(code).toBe(64);
    expect(stderr).toContain('bash');
  });
});
