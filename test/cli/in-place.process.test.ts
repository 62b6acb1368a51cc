import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';
import { deployment, runCli, service, temporaryFolder } from './run-cli.ts';

const main = join(packageInfo().root, 'src/main.ts');

function folderWith(count: number): string {
  const folder = temporaryFolder();
  for (let at = 0; at < count; at++) folder.write(`${at}.yaml`, deployment);
  return folder.path;
}

test('a file that nothing changes in is not touched', async () => {
  const folder = temporaryFolder();
  const path = folder.write('service.yaml', service);
  const other = folder.write('web.yaml', deployment);
  const before = statSync(path, { bigint: true });
  await runCli(['kube-inject', '-f', folder.path, '--in-place']);
  const after = statSync(path, { bigint: true });
  expect([after.ino, after.ctimeNs]).toEqual([before.ino, before.ctimeNs]);
  expect(readFileSync(other, 'utf8')).toContain('istio-proxy');
});

test('more files than may be open at a time are written, without a word', () => {
  const folder = folderWith(120);
  const command = `ulimit -n 100; exec "$0" "$@" 2>&1`;
  const said = execFileSync(
    'bash',
    ['-c', command, process.execPath, main, 'kube-inject', '-f', folder, '--in-place'],
    { encoding: 'utf8' },
  );
  expect(said).toBe('');
  const names = readdirSync(folder);
  expect(names).toHaveLength(120);
  for (const name of names) {
    expect(readFileSync(join(folder, name), 'utf8')).toContain('istio-proxy');
  }
}, 30_000);

test('an interrupt leaves every file as it was, and nothing else behind', async () => {
  const folder = folderWith(2000);
  const child = spawn(process.execPath, [main, 'kube-inject', '-f', folder, '--in-place']);
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  while (readdirSync(folder).filter((name) => name.endsWith('.tmp')).length < 50) {
    await new Promise((done) => setTimeout(done, 10));
  }
  child.kill('SIGINT');
  expect(await ended).toBe('SIGINT');
  const names = readdirSync(folder);
  expect(names).toHaveLength(2000);
  expect(readFileSync(join(folder, '0.yaml'), 'utf8')).toBe(deployment);
}, 30_000);
