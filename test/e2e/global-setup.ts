import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';
import { kubeAssets } from './kube-assets.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of etcd, kube-apiserver, kube-controller-manager and kubectl; empty when they cannot be had. */
    assets: string;
    /** Folder of the built program. */
    dist: string;
  }
}

const root = resolve(import.meta.dirname, '../..');

/** Gets the API server and builds the program, once for all files. */
export default function setup(project: TestProject): () => void {
  const assets = kubeAssets();
  project.provide('assets', assets ?? '');
  if (assets === undefined) {
    console.error('skipped: there is no API server to test against (set KUBEBUILDER_ASSETS)');
    project.provide('dist', '');
    return () => {};
  }
  // In a folder of its own, so that a build in between does not take the program away.
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const dist = mkdtempSync(join(root, '.tmp', 'e2e-'));
  execFileSync(process.execPath, [join(root, 'scripts', 'build.ts'), dist], { stdio: 'inherit' });
  project.provide('dist', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}
