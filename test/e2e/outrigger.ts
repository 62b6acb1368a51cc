import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { CliResult } from '../cli/run-cli.ts';
import type { Cluster } from './cluster.ts';

/** Runs the built program as a process of its own, with the cluster as kubectl's. Never rejects. */
export function outrigger(cluster: Cluster, ...args: string[]): Promise<CliResult> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(inject('dist'), 'outrigger.js'), ...args],
      { env: { ...process.env, KUBECONFIG: cluster.kubeconfig }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 1);
        resolve({ code, stdout, stderr });
      },
    );
  });
}
