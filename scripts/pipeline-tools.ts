/**
 * Builds the tools that the tests of examples/ run: kustomize, Helm 3 and Helm 4, from Go's module proxy, into
 * ~/.cache/pipeline-tools or the folder in PIPELINE_TOOLS. It takes Go and some minutes; tests whose tool is
 * missing are skipped.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const tools = [
  { folder: 'kustomize', module: 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1' },
  { folder: 'helm3', module: 'helm.sh/helm/v3/cmd/helm@v3.22.0' },
  { folder: 'helm4', module: 'helm.sh/helm/v4/cmd/helm@v4.3.1' },
] as const;

const target = process.env['PIPELINE_TOOLS'] ?? join(homedir(), '.cache/pipeline-tools');

for (const { folder, module } of tools) {
  const GOBIN = join(target, folder);
  mkdirSync(GOBIN, { recursive: true });
  execFileSync('go', ['install', module], { stdio: 'inherit', env: { ...process.env, GOBIN } });
  console.log(`${module}: ${GOBIN}`);
}
