import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { Cluster } from './cluster.ts';
import { applyIstio, Installation, root } from './installation.ts';
import { createPod, isInjected, simplePod } from './pods.ts';

const assets = inject('assets');
/** The Service has an address of its own there, and port 443. */
const isRoot = process.getuid?.() === 0;

describe.skipIf(assets === '' || !isRoot)('the two commands of the README', () => {
  let cluster: Cluster;
  let installation: Installation | undefined;

  beforeAll(async () => {
    cluster = await Cluster.start(assets);
    await applyIstio(cluster);
  });
  afterAll(async () => {
    await installation?.close();
    await cluster?.stop();
  });

  test('install Outrigger, and have a namespace injected', async () => {
    const [, section = ''] =
      /^## In your cluster\n(.*?)^## /ms.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
    const [, block = ''] = /```console\n(.*?)```/s.exec(section) ?? [];
    const commands = [...block.matchAll(/^\$ (.+)$/gm)].map(([, command]) => command!);
    expect(commands).toHaveLength(2);
    for (const command of commands) await shell(command);
    installation = await Installation.adopt(cluster);
    await installation.startTwo();
    const pod = await createPod(cluster, 'default', simplePod('first'));
    expect(isInjected(pod)).toBe(true);
  });

  /** Runs a line in a folder that looks like a built checkout. */
  async function shell(command: string): Promise<void> {
    const folder = join(cluster.folder, 'checkout');
    mkdirSync(folder, { recursive: true });
    cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
    for (const name of ['manifests', 'templates', 'package.json']) link(name, join(root, name));
    link('dist', inject('dist'));
    const path = [assets, dirname(process.execPath), process.env['PATH']].join(delimiter);
    await promisify(execFile)('bash', ['-o', 'pipefail', '-ec', command], {
      cwd: folder,
      env: { ...process.env, PATH: path, KUBECONFIG: cluster.kubeconfig },
    });

    function link(name: string, target: string): void {
      try {
        symlinkSync(target, join(folder, name));
      } catch {
        // The first command has made it already.
      }
    }
  }
});
