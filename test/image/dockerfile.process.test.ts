import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageInfo } from '../../src/package.ts';

const { root, version } = packageInfo();
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
/** Instructions of the stages, the builder's first. */
const stages = dockerfile
  .split(/^(?=FROM )/m)
  .slice(1)
  .map((text) =>
    text
      .replace(/\\\n/g, '')
      .split('\n')
      .filter((line) => /^[A-Z]+ /.test(line)),
  );
const [builder = [], image = []] = stages;

describe('the Dockerfile', () => {
  test('copies only what is there and what .dockerignore lets through', () => {
    const allowed = readFileSync(join(root, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    for (const { from, sources } of [...copies(builder), ...copies(image)]) {
      if (from !== undefined) continue;
      for (const source of sources) {
        expect(existsSync(join(root, source)), source).toBe(true);
        expect(
          allowed.some((path) => path === source || path.startsWith(`${source}/`)),
          source,
        ).toBe(true);
      }
    }
  });

  test('makes an image that runs as a numbered user who is not root, from pinned bases', () => {
    expect(stages).toHaveLength(2);
    expect(image).toContain('USER 65532:65532');
    const deployment = readFileSync(join(root, 'manifests/base/deployment.yaml'), 'utf8');
    expect(deployment).toContain('runAsUser: 65532');
    for (const [from] of stages) expect(from).toMatch(/^FROM \S*(?:node|nodejs)(?::24|24-)/);
    expect(builder.join('\n')).toContain('npm ci --ignore-scripts');
  });

  test('starts with what the Deployment gives it', () => {
    expect(image).toContain(
      'ENTRYPOINT ["/nodejs/bin/node", "--max-semi-space-size=4", "/app/dist/outrigger.js"]',
    );
    expect(image).toContain('CMD ["serve"]');
    expect(image).toContain('EXPOSE 15017 15014');
  });
});

describe('the files of the image', () => {
  const folder = mkdtempSync(join(tmpdir(), 'outrigger-image-'));
  const build = mkdtempSync(join(tmpdir(), 'outrigger-builder-'));
  const entry = join(folder, 'dist', 'outrigger.js');

  beforeAll(() => {
    for (const { sources, target } of copies(builder)) copyInto(build, root, sources, target);
    // In place of npm ci, which would fetch the same packages once more.
    symlinkSync(join(root, 'node_modules'), join(build, 'node_modules'));
    const steps = builder.filter((line) => line.startsWith('RUN ') && !line.includes('npm ci'));
    expect(steps).toHaveLength(1);
    for (const step of steps) {
      execFileSync('sh', ['-ec', step.replace(/^RUN /, '')], {
        cwd: build,
        env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
      });
    }
    for (const { from, sources, target } of copies(image)) {
      const origin = from === undefined ? root : build;
      const named = sources.map((source) => source.replace(/^\/build\//, ''));
      copyInto(folder, origin, named, target);
    }
  }, 60_000);
  afterAll(() => {
    rmSync(build, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });

  test('are all that the program needs', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'LICENSE',
      'dist',
      'manifests',
      'package.json',
      'templates',
    ]);
    const run = (...args: string[]) =>
      spawnSync(process.execPath, [entry, ...args], { encoding: 'utf8', cwd: '/', env: {} });
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
    expect(run('manifests')).toMatchObject({ status: 0, stderr: '' });
    expect(run('tag', 'list', '--kubeconfig', 'none').stderr).toContain('there is no such file');
    expect(run('certs', 'show', join(folder, 'LICENSE')).stderr).not.toContain('Cannot find');
  });

  test('serve, write nothing, and end when they are told to', async () => {
    const before = files(folder);
    const server = spawn(
      process.execPath,
      [entry, 'serve', '--host=127.0.0.1', '--port=0', '--log-format=json'],
      { cwd: '/', env: {}, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    const ended = new Promise((resolve) => server.once('exit', resolve));
    await new Promise<void>((resolve) => {
      const listen = (piece: Buffer) => {
        said += piece.toString();
        if (said.includes('ready to inject')) resolve();
      };
      server.stdout.on('data', listen);
      server.stderr.on('data', listen);
      server.once('exit', () => resolve());
    });
    expect(said).toContain('ready to inject');
    server.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(files(folder)).toEqual(before);
  }, 30_000);
});

/** All but caches of compiled code, which are done without where nobody may write. */
function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/\.(?:compile|code)-cache/.test(name))
    .sort();
}

/** A COPY: what is named goes into the folder, what is in a folder that is named goes to the target. */
function copyInto(
  folder: string,
  origin: string,
  sources: readonly string[],
  target: string,
): void {
  for (const source of sources) {
    const into = target === './' ? join(folder, source) : join(folder, target);
    cpSync(join(origin, source), into, { recursive: true });
  }
}

/** The COPY instructions of a stage. */
function copies(stage: readonly string[]): {
  readonly from: string | undefined;
  readonly sources: readonly string[];
  readonly target: string;
}[] {
  return stage
    .filter((line) => line.startsWith('COPY '))
    .map((line) => {
      const words = line.split(/\s+/).slice(1);
      const from = words[0]?.startsWith('--from=') ? words.shift() : undefined;
      return { from, sources: words.slice(0, -1), target: words.at(-1)! };
    });
}
