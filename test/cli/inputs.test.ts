import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchInput } from '../../src/cli/documents/fetch-input.ts';
import { deployment, runCli, service, smallConfigFlags, temporaryFolder } from './run-cli.ts';

const named = (name: string) => service.replace('name: web', `name: ${name}`);

describe('a directory', () => {
  test('stands for its manifests in the order of their names', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'below'));
    folder.write('b.yml', named('second'));
    folder.write('a.yaml', named('first'));
    folder.write('c.json', '{"kind": "Third"}');
    folder.write('notes.txt', 'not: [a manifest');
    folder.write('below/d.yaml', named('fourth'));
    const found = async (...flags: string[]) => {
      const { stdout } = await runCli(['kube-inject', '-f', folder.path, ...flags]);
      return stdout.match(/first|second|Third|fourth/g);
    };
    expect(await found()).toEqual(['first', 'second', 'Third']);
    expect(await found('-R')).toEqual(['first', 'second', 'fourth', 'Third']);
  });

  test('without manifests is an error that tells what is looked for', async () => {
    const { code, stderr } = await runCli(['kube-inject', '-f', temporaryFolder().path]);
    expect(code).toBe(1);
    expect(stderr).toContain('.yaml, .yml and .json');
  });

  test.each(['', 'below/'])(
    'with a kustomization in it (%j) is refused with the command that helps',
    async (sub) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder.path, 'below'));
      folder.write(`${sub}kustomization.yaml`, 'resources: []\n');
      const { code, stdout, stderr } = await runCli(['kube-inject', '-R', '-f', folder.path]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toContain(
        `kustomize build ${join(folder.path, sub)} | outrigger kube-inject -f -`.replace(
          '/ |',
          ' |',
        ),
      );
    },
  );

  test('is changed file by file with --in-place', async () => {
    const folder = temporaryFolder();
    const flags = smallConfigFlags(folder);
    mkdirSync(join(folder.path, 'apps'));
    const file = folder.write('apps/app.yaml', deployment);
    await runCli(['kube-inject', '-f', join(folder.path, 'apps'), '--in-place', ...flags]);
    expect(readFileSync(file, 'utf8')).toContain('istio-proxy');
  });
});

describe('a pattern', () => {
  test('stands for the files that match', async () => {
    const folder = temporaryFolder();
    folder.write('b-app.yaml', named('second'));
    folder.write('a-app.yaml', named('first'));
    folder.write('other.yaml', named('other'));
    const { stdout } = await runCli(['kube-inject', '-f', join(folder.path, '*-app.yaml')]);
    expect(stdout).toBe(`${named('first')}---\n${named('second')}`);
  });

  test('that is the name of a file means that file', async () => {
    const folder = temporaryFolder();
    folder.write('ab.yaml', named('other'));
    const file = folder.write('[a]b.yaml', named('itself'));
    expect((await runCli(['kube-inject', '-f', file])).stdout).toBe(named('itself'));
  });

  test('that nothing matches is an error', async () => {
    const { code, stderr } = await runCli(['kube-inject', '-f', 'no/such-*.yaml']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing matches no/such-*.yaml')]);
  });
});

describe('a URL', () => {
  async function serve(
    answer: (path: string, authorization: string | undefined) => [number, string, string?],
  ): Promise<string> {
    const server = createServer((request, response) => {
      const [status, text, location] = answer(request.url ?? '', request.headers.authorization);
      response.writeHead(status, location === undefined ? {} : { location }).end(text);
    });
    onTestFinished(() => void server.close().closeAllConnections());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  test('is fetched, and redirects are followed', async () => {
    const url = await serve((path) => (path === '/app' ? [200, service] : [302, '', '/app']));
    const { code, stdout } = await runCli(['kube-inject', '-f', `${url}/moved`]);
    expect([code, stdout]).toEqual([0, service]);
  });

  test('may have a password, which is never shown', async () => {
    const url = await serve((_path, authorization) => [authorization ? 404 : 401, '']);
    const { code, stderr } = await runCli([
      ...['kube-inject', '-f'],
      `${url.replace('//', '//me:secret@')}/app.yaml`,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot fetch ${url}/app.yaml: the server answered 404`);
    expect(stderr).not.toContain('secret');
  });

  test.each([
    [[302, '', 'file:///etc/passwd'] as const, 'redirects to file:'],
    [[302, '', '/again'] as const, 'redirects more than 10 times'],
    [[500, 'no'] as const, 'the server answered 500'],
  ])('that answers %j is refused', async (answer, reason) => {
    const url = await serve(() => [...answer] as [number, string, string?]);
    const { code, stdout, stderr } = await runCli(['kube-inject', '-f', url]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(reason);
  });

  test('may neither be too long nor take too long', async () => {
    const url = await serve((path) => (path === '/long' ? [200, 'x'.repeat(2000)] : [200, 'x']));
    const read = async (path: string, timeoutMs: number) => {
      for await (const _ of fetchInput(url + path, { timeoutMs, bytes: 1000 }));
    };
    await expect(read('/long', 5000)).rejects.toThrow('larger than');
    const silent = createServer(() => {});
    onTestFinished(() => void silent.close().closeAllConnections());
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const late = async () => {
      for await (const _ of fetchInput(address, { timeoutMs: 50, bytes: 1000 }));
    };
    await expect(late()).rejects.toThrow('no complete answer in 0.05 seconds');
  });

  test('cannot be written back to', async () => {
    const { code, stderr } = await runCli([
      ...['kube-inject', '--in-place', '-f', 'https://example.invalid/app.yaml'],
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is a URL')]);
  });
});

describe('--check', () => {
  test('names what would change and ends with 1, else with 0', async () => {
    const folder = temporaryFolder();
    const flags = smallConfigFlags(folder);
    const app = folder.write('app.yaml', `${service}---\n${deployment}`);
    const wanted = await runCli(['kube-inject', '--check', '-f', app, ...flags]);
    expect([wanted.code, wanted.stdout]).toEqual([1, '']);
    expect(wanted.stderr).toBe(`${app}:6: Deployment "web" would be injected\n`);
    await runCli(['kube-inject', '--in-place', '-f', app, ...flags]);
    const done = await runCli(['kube-inject', '--check', '-f', app, ...flags]);
    expect([done.code, done.stdout]).toEqual([0, '']);
    expect(done.stderr).not.toContain('would be');
  });

  test('does not go with flags that write', async () => {
    for (const flag of [['--in-place'], ['-o', 'out.yaml']]) {
      const { code, stderr } = await runCli(['kube-inject', '--check', '-f', 'x.yaml', ...flag]);
      expect([code, stderr]).toEqual([1, expect.stringContaining('--check writes nothing')]);
    }
  });
});

describe('--as-admission', () => {
  const inNamespace = (namespace: string) =>
    deployment.replace('name: web ', `namespace: ${namespace}\n  name: web-${namespace} `);
  const namespace = (name: string, labels: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}\n`;
  const injected = (stderr: string) => [...stderr.matchAll(/"(\S+)" would be/g)].map(([, n]) => n);

  test('goes by the Namespace objects in the input, wherever they stand', async () => {
    const text = [
      inNamespace('mesh'),
      inNamespace('bare'),
      inNamespace('elsewhere'),
      namespace('mesh', 'istio-injection: enabled'),
      namespace('bare', ''),
      namespace('elsewhere', 'istio.io/rev: canary'),
    ].join('---\n');
    const command = ['kube-inject', '--check', '-f', '-'];
    const all = await runCli(command, { stdin: text });
    expect(injected(all.stderr)).toEqual([
      'mesh/web-mesh',
      'bare/web-bare',
      'elsewhere/web-elsewhere',
    ]);
    const some = await runCli([...command, '--as-admission'], { stdin: text });
    expect(injected(some.stderr)).toEqual(['mesh/web-mesh']);
  });

  test('goes by a file, which implies it', async () => {
    const folder = temporaryFolder();
    const file = folder.write('namespaces.yaml', namespace('mesh', 'istio-injection: enabled'));
    const { stderr } = await runCli(['kube-inject', '--check', '-f', '-', '--namespaces', file], {
      stdin: `${inNamespace('mesh')}---\n${inNamespace('strange')}`,
    });
    expect(injected(stderr)).toEqual(['mesh/web-mesh', 'strange/web-strange']);
    expect(stderr).toContain('Note: namespace "strange" is not known');
  });

  test('shows in the result, which is otherwise as it was', async () => {
    const flags = ['--as-admission'];
    const text = `${inNamespace('bare')}---\n${namespace('bare', 'istio-injection: disabled')}`;
    const { stdout } = await runCli(['kube-inject', '-f', '-', ...flags], { stdin: text });
    expect(stdout).toBe(text);
  });
});
