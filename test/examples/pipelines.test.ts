import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { temporaryFolder } from '../cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');
const examples = join(root, 'examples');

/** The kubectl of the API server's test assets; the one on the path may be anything. */
const kubectl = [
  join(process.env['KUBEBUILDER_ASSETS'] ?? '/nowhere', 'kubectl'),
  ...globSync(join(process.env['HOME'] ?? '/nowhere', '.cache/kube-assets/*/kubectl')),
].find((path) => existsSync(path));

/** The program as the examples call it. */
function outrigger(): string {
  const folder = temporaryFolder();
  const path = folder.write(
    'outrigger',
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/main.ts')}' "$@"\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

function run(
  command: string,
  args: string[],
  options: { cwd?: string; input?: string; env?: Record<string, string> } = {},
) {
  return execFileSync(command, args, {
    ...options,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env, OUTRIGGER: outrigger() },
  });
}

const web = join(examples, 'kustomize/web.yaml');

describe('the example for Kustomize', () => {
  test('is a function that injects what it is given', () => {
    const { metadata, ...config } = parse(
      readFileSync(join(examples, 'kustomize/inject.yaml'), 'utf8'),
    );
    const { exec } = parse(metadata.annotations['config.kubernetes.io/function']);
    const input = JSON.stringify({
      apiVersion: 'config.kubernetes.io/v1',
      kind: 'ResourceList',
      functionConfig: { metadata, ...config },
      items: [parse(readFileSync(web, 'utf8'))],
    });
    const { items } = parse(run(join(examples, 'kustomize', exec.path), [], { input }));
    expect(JSON.stringify(items[0].spec.template.spec)).toContain('istio-proxy');
  }, 60_000);

  test.skipIf(kubectl === undefined)(
    'injects when kubectl builds it with its plugin',
    () => {
      const output = run(
        kubectl ?? '',
        ['kustomize', '--enable-alpha-plugins', join(examples, 'kustomize/kubectl')],
        { env: { KUSTOMIZE_PLUGIN_HOME: join(examples, 'kustomize/kubectl/plugin') } },
      );
      const { metadata, spec } = parse(output).spec.template;
      expect(metadata.labels.app).toBe('web');
      expect(JSON.stringify(spec)).toContain('istio-proxy');
    },
    60_000,
  );
});

describe('the example for Helm', () => {
  test.each(['helm/inject.sh', 'helm/plugin/inject.sh'])(
    '%s turns a chart into an injected one',
    (script) => {
      const output = run(join(examples, script), [], { input: readFileSync(web, 'utf8') });
      expect(output).toContain('istio-proxy');
    },
    60_000,
  );

  test('is a plugin whose command is there', () => {
    const plugin = parse(readFileSync(join(examples, 'helm/plugin/plugin.yaml'), 'utf8'));
    expect(plugin.type).toBe('postrenderer/v1');
    const [{ command }] = plugin.runtimeConfig.platformCommand;
    expect(
      existsSync(command.replace(/^\$\{HELM_PLUGIN_DIR\}/, join(examples, 'helm/plugin'))),
    ).toBe(true);
  });
});

describe('the example for Argo CD', () => {
  test('generates injected manifests from the folder of an application', () => {
    const { generate } = parse(readFileSync(join(examples, 'argocd/plugin.yaml'), 'utf8')).spec;
    const folder = temporaryFolder();
    folder.write('web.yaml', readFileSync(web, 'utf8'));
    expect(generate.command).toEqual(['outrigger']);
    expect(run(outrigger(), generate.args, { cwd: folder.path })).toContain('istio-proxy');
  }, 60_000);
});
