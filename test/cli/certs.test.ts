import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseAddress } from '../../src/cli/certs/parse-address.ts';
import { runCli, temporaryFolder } from './run-cli.ts';

const names = ['ca.crt', 'ca.key', 'tls.crt', 'tls.key'];

async function created(...flags: string[]) {
  const folder = join(temporaryFolder().path, 'certs');
  const result = await runCli(['certs', 'create', '--dir', folder, ...flags]);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { folder, result, read };
}

describe('certs create', () => {
  test('writes an authority and a serving certificate that it signed, and prints their names', async () => {
    const { folder, result, read } = await created(
      '--service',
      'hook',
      '-n',
      'mesh',
      '--days',
      '7',
    );
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(result.stdout.trim().split('\n').sort()).toEqual(
      names.map((name) => join(folder, name)),
    );
    const authority = new X509Certificate(read('ca.crt'));
    const leaf = new X509Certificate(read('tls.crt'));
    expect(leaf.checkIssued(authority) && leaf.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkPrivateKey(createPrivateKey(read('tls.key')))).toBe(true);
    expect(authority.checkPrivateKey(createPrivateKey(read('ca.key')))).toBe(true);
    expect(leaf.checkHost('hook.mesh.svc')).toBe('hook.mesh.svc');
    const days = (leaf.validToDate.getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(7);
  });

  test('keeps keys to their owner', async () => {
    const { folder } = await created();
    const modes = names.map((name) => (statSync(join(folder, name)).mode & 0o077) === 0);
    expect(modes).toEqual([false, true, false, true]);
  });

  test('replaces nothing unless it is told to, and leaves nothing else behind', async () => {
    const { folder, read } = await created();
    const before = names.map(read);
    const again = await runCli(['certs', 'create', '--dir', folder]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('the files exist');
    expect(again.stderr).toContain('--force');
    expect(names.map(read)).toEqual(before);
    const forced = await runCli(['certs', 'create', '--dir', folder, '--force']);
    expect(forced.code).toBe(0);
    expect(read('tls.crt')).not.toBe(before[2]);
    expect(readdirSync(folder).sort()).toEqual(names);
  });

  test('says what is wrong with the folder', async () => {
    const { path, write } = temporaryFolder();
    write('certs', 'a file');
    const { code, stderr } = await runCli(['certs', 'create', '--dir', join(path, 'certs')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: .*certs/);
  });

  test.each(['0', '-1', '1.5', 'x', '99999'])('refuses %s days', async (days) => {
    const { code, stderr } = await runCli(['certs', 'create', `--days=${days}`]);
    expect(code).toBe(64);
    expect(stderr).toContain('from 1 to 36500');
  });
});

describe('certs show', () => {
  test('tells about every certificate in a folder, and never about keys', async () => {
    const { folder, read } = await created('--days', '30');
    const { code, stdout } = await runCli(['certs', 'show', folder]);
    expect(code).toBe(0);
    expect(stdout.match(/^\S.*$/gm)).toEqual([join(folder, 'ca.crt'), join(folder, 'tls.crt')]);
    expect(stdout).toContain('subject  CN=outrigger.istio-system.svc');
    expect(stdout).toContain('names    outrigger.istio-system.svc, ');
    expect(stdout).toContain('issuer   itself');
    expect(stdout).toContain('29 days left');
    expect(stdout).toContain(new X509Certificate(read('tls.crt')).fingerprint256);
    expect(stdout).not.toContain('PRIVATE');
  });

  test('gives scripts the same as JSON', async () => {
    const { folder, read } = await created();
    const file = join(folder, 'tls.crt');
    const { stdout } = await runCli(['certs', 'show', file, '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        source: file,
        position: 1,
        names: expect.arrayContaining(['outrigger.istio-system.svc', '127.0.0.1']),
        state: 'valid',
        authority: false,
        key: 'EC prime256v1',
        fingerprint: new X509Certificate(read('tls.crt')).fingerprint256,
      },
    ]);
  });

  test('tells what a server presents, whoever has signed it', async () => {
    const { read } = await created();
    const server = createServer({ cert: read('tls.crt') + read('ca.crt'), key: read('tls.key') });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout } = await runCli(['certs', 'show', target, '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        source: target,
        position: 1,
        fingerprint: new X509Certificate(read('tls.crt')).fingerprint256,
      },
      { source: target, position: 2, authority: true },
    ]);
  });

  test('fails where there is no certificate', async () => {
    const { path, write } = temporaryFolder();
    for (const [target, message] of [
      [path, 'there is no certificate'],
      [write('x.crt', 'text'), 'there is no certificate'],
      [join(path, 'absent'), 'no such file'],
      ['127.0.0.1:1', 'no certificate from 127.0.0.1, port 1'],
    ] as const) {
      const { code, stdout, stderr } = await runCli(['certs', 'show', target]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(message);
    }
  });
});

test.each([
  ['localhost:443', { host: 'localhost', port: 443 }],
  ['[::1]:15017', { host: '::1', port: 15017 }],
  ['a/b:1', undefined],
  ['host:99999', undefined],
  ['file.crt', undefined],
])('%s is read as an address, or not', (text, address) => {
  expect(parseAddress(text)).toEqual(address);
});
