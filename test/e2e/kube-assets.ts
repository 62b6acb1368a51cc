import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const programs = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kubectl'];

/**
 * The folder of etcd, kube-apiserver, kube-controller-manager and kubectl: `KUBEBUILDER_ASSETS` (the envtest
 * convention), else what `../shared/tools/kube-assets` builds. Undefined when they cannot be had; the e2e
 * tests then report themselves skipped.
 */
export function kubeAssets(): string | undefined {
  const named = process.env['KUBEBUILDER_ASSETS'];
  const complete = (folder: string) =>
    programs.every((program) => existsSync(join(folder, program)));
  if (named !== undefined && named !== '') return complete(named) ? named : undefined;
  const folder = resolve(process.env['CONFORMANCE_DIR'] ?? '../shared');
  const tool = join(folder, 'tools', 'kube-assets');
  if (!existsSync(tool)) return undefined;
  try {
    const printed = execFileSync(tool, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    const built = printed.trim().split('\n').at(-1) ?? '';
    return complete(built) ? built : undefined;
  } catch {
    return undefined;
  }
}
