import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, globSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { temporaryFolder } from '../cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');
const examples = join(root, 'examples');
const home = process.env['HOME'] ?? '/nowhere';

/** Where scripts/pipeline-tools.ts builds tools; Helm comes in two versions, and the one on the path is neither. */
const built = process.env['PIPELINE_TOOLS'] ?? join(home, '.cache/pipeline-tools');

function firstThatIs(paths: readonly string[]): string | undefined {
  return paths.find((path) => existsSync(path));
}

function onPath(name: string): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
}

const kustomize = firstThatIs([join(built, 'kustomize/kustomize'), ...onPath('kustomize')]);
const helm3 = firstThatIs([join(built, 'helm3/helm')]);
const helm4 = firstThatIs([join(built, 'helm4/helm')]);
const kpt = firstThatIs(onPath('kpt'));
/** The kubectl of the API server's test assets; the one on the path may be anything. */
const kubectl = firstThatIs([
  join(process.env['KUBEBUILDER_ASSETS'] ?? '/nowhere', 'kubectl'),
  ...globSync(join(home, '.cache/kube-assets/*/kubectl')),
]);

/** A folder with the program as the examples call it. */
function outrigger(): string {
  const folder = temporaryFolder();
  const path = folder.write(
    'outrigger',
    `#!/bin/sh\nexec '${process.execPath}' '${join(root, 'src/main.ts')}' "$@"\n`,
  );
  chmodSync(path, 0o755);
  return folder.path;
}

function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Record<string, string> } = {},
): string {
  const bin = outrigger();
  return execFileSync(command, args, {
    ...options,
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...options.env,
      OUTRIGGER: join(bin, 'outrigger'),
      PATH: `${bin}${delimiter}${process.env['PATH']}`,
    },
  });
}

const web = join(examples, 'kustomize/web.yaml');

/** The one workload of a text, after a look whether it is injected. */
function injectedWorkload(text: string) {
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  const workload = objects.find((object) => object?.kind === 'Deployment');
  const names = [
    ...(workload.spec.template.spec.initContainers ?? []),
    ...workload.spec.template.spec.containers,
  ].map(({ name }) => name);
  expect(names).toContain('istio-proxy');
  expect(workload.spec.template.metadata.labels.app).toBe('web');
  return workload;
}

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
    injectedWorkload(JSON.stringify(items[0]));
  }, 60_000);

  test.skipIf(kustomize === undefined)(
    'injects when kustomize builds it',
    () => {
      const args = ['build', '--enable-alpha-plugins', '--enable-exec', '.'];
      injectedWorkload(run(kustomize ?? '', args, { cwd: join(examples, 'kustomize') }));
    },
    60_000,
  );

  test.skipIf(kubectl === undefined)(
    'injects when kubectl builds it with its plugin',
    () => {
      injectedWorkload(
        run(
          kubectl ?? '',
          ['kustomize', '--enable-alpha-plugins', join(examples, 'kustomize/kubectl')],
          { env: { KUSTOMIZE_PLUGIN_HOME: join(examples, 'kustomize/kubectl/plugin') } },
        ),
      );
    },
    60_000,
  );
});

describe.skipIf(kpt === undefined)('the example for kpt', () => {
  function packageCopy(): string {
    const folder = temporaryFolder();
    cpSync(join(examples, 'kpt'), folder.path, { recursive: true });
    return folder.path;
  }

  test('injects when kpt renders the package, and comments stay', () => {
    const folder = packageCopy();
    run(kpt ?? '', ['fn', 'render', '--allow-exec', folder]);
    const text = readFileSync(join(folder, 'web.yaml'), 'utf8');
    injectedWorkload(text);
    expect(text).toContain('name: web # the shop\n');
  }, 60_000);

  test('injects a package that has no pipeline, with settings from the command line', () => {
    const folder = packageCopy();
    run(kpt ?? '', ['fn', 'eval', '--exec', 'outrigger krm', folder, '--', 'revision=canary']);
    const { metadata } = injectedWorkload(readFileSync(join(folder, 'web.yaml'), 'utf8')).spec
      .template;
    expect(metadata.annotations['istio.io/rev']).toBe('canary');
  }, 60_000);

  test('fails with what is wrong', () => {
    const folder = packageCopy();
    const args = ['fn', 'eval', '--exec', 'outrigger krm', folder, '--', 'revison=canary'];
    expect(() => run(kpt ?? '', args)).toThrow(
      'functionConfig.data.revison: there is no such setting',
    );
    expect(readFileSync(join(folder, 'web.yaml'), 'utf8')).not.toContain('istio');
  }, 60_000);
});

describe('the example for Helm', () => {
  const chart = join(examples, 'helm/chart');

  test.each(['helm/inject.sh', 'helm/plugin/inject.sh'])(
    '%s turns a chart into an injected one',
    (script) => {
      injectedWorkload(run(join(examples, script), [], { input: readFileSync(web, 'utf8') }));
    },
    60_000,
  );

  test.skipIf(helm3 === undefined)(
    'is a program that Helm 3 runs',
    () => {
      const args = ['template', 'shop', chart, '--post-renderer', join(examples, 'helm/inject.sh')];
      const { spec } = injectedWorkload(
        run(helm3 ?? '', [...args, '--post-renderer-args=--revision=canary']),
      );
      expect(spec.template.metadata.annotations['istio.io/rev']).toBe('canary');
    },
    60_000,
  );

  test.skipIf(helm4 === undefined)(
    'is a plugin that Helm 4 installs and runs',
    () => {
      const { path } = temporaryFolder();
      const env = {
        HELM_CONFIG_HOME: join(path, 'config'),
        HELM_DATA_HOME: join(path, 'data'),
        HELM_CACHE_HOME: join(path, 'cache'),
      };
      run(helm4 ?? '', ['plugin', 'install', join(examples, 'helm/plugin')], { env });
      const args = ['template', 'shop', chart, '--post-renderer', 'outrigger'];
      const { spec } = injectedWorkload(
        run(helm4 ?? '', [...args, '--post-renderer-args=--revision=canary'], { env }),
      );
      expect(spec.template.metadata.annotations['istio.io/rev']).toBe('canary');
    },
    60_000,
  );
});

describe('the example for Argo CD', () => {
  test('generates injected manifests from the folder of an application', () => {
    const { generate } = parse(readFileSync(join(examples, 'argocd/plugin.yaml'), 'utf8')).spec;
    const folder = temporaryFolder();
    folder.write('web.yaml', readFileSync(web, 'utf8'));
    const [command, ...more] = generate.command;
    injectedWorkload(run(command, [...more, ...generate.args], { cwd: folder.path }));
  }, 60_000);
});
