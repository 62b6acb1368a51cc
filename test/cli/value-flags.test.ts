import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { deployment, runCli, smallConfig, temporaryFolder } from './run-cli.ts';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly resources?: { readonly limits?: { readonly cpu?: string } };
  readonly env?: readonly { readonly name: string; readonly value?: string }[];
}
interface Injected {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly initContainers: readonly Container[];
        readonly imagePullSecrets?: readonly { readonly name: string }[];
      };
    };
  };
}

async function inject(
  ...flags: string[]
): Promise<{ proxy: Container; pod: Injected; stderr: string }> {
  const { code, stdout, stderr } = await runCli(['kube-inject', '-f', '-', ...flags], {
    stdin: deployment,
  });
  expect(stderr.includes('Error') ? stderr : '').toBe('');
  expect(code).toBe(0);
  const pod = parse(stdout) as Injected;
  const containers = pod.spec.template.spec.initContainers ?? [];
  return { proxy: containers.find(({ name }) => name === 'istio-proxy') as Container, pod, stderr };
}

async function failure(...flags: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCli(['kube-inject', '-f', '-', ...flags], {
    stdin: deployment,
  });
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  return stderr;
}

describe('values by flags', () => {
  it('are laid over the built-in ones: profile, files in their order, single settings', async () => {
    const folder = temporaryFolder();
    const one = folder.write('one.yaml', 'global: {hub: one, tag: one, variant: one}\n');
    const two = folder.write('two.yaml', 'global: {tag: two, variant: two}\n');
    const { proxy } = await inject('-v', one, '--valuesFile', two, '--set', 'global.variant=debug');
    expect(proxy.image).toBe('one/proxyv2:two-debug');
    const { proxy: again } = await inject('--set', 'global.tag=x', '--profile', 'fips');
    expect(again.image).toMatch(/proxyv2:x-distroless$/);
  });

  it('keep defaults that are not mentioned, and take those away that are set to null', async () => {
    const { proxy } = await inject('--set', 'global.proxy.resources.limits=null');
    expect(proxy.resources).toEqual({ requests: { cpu: '100m', memory: '128Mi' } });
    const file = temporaryFolder().write('v.yaml', 'global: {proxy: {resources: null}}\n');
    expect((await inject('-v', file)).proxy.resources).toBeUndefined();
    expect((await inject('-v', file, '--set', 'global.hub=x')).proxy.resources).toBeUndefined();
  });

  it('read lists, text that looks like a number, and files', async () => {
    const file = temporaryFolder().write('network', 'net 1');
    const { pod, proxy } = await inject(
      '--set',
      'global.imagePullSecrets={a,b}',
      '--set-string',
      'global.multiCluster.clusterName=007',
      '--set-file',
      `global.meshID=${file}`,
    );
    expect(pod.spec.template.spec.imagePullSecrets).toEqual([{ name: 'a' }, { name: 'b' }]);
    const env = new Map(proxy.env?.map(({ name, value }) => [name, value]));
    expect(env.get('ISTIO_META_CLUSTER_ID')).toBe('007');
    expect(env.get('ISTIO_META_MESH_ID')).toBe('net 1');
  });

  it('take the place of the values that a configuration brings along, or are laid over them', async () => {
    const folder = temporaryFolder();
    const config = folder.write(
      'cm.yaml',
      `kind: ConfigMap\ndata:\n  values: 'mark: from-the-map'\n  config: ${JSON.stringify(smallConfig)}\n`,
    );
    const labels = async (...flags: string[]) =>
      (await inject('--injectConfigFile', config, ...flags)).pod.spec.template.metadata.labels;
    expect(await labels()).toMatchObject({ injected: 'from-the-map' });
    expect(await labels('--set', 'mark=set')).toMatchObject({ injected: 'set' });
    expect(await labels('--set', 'global.hub=h')).toMatchObject({ injected: 'from-the-map' });
    const file = folder.write('v.yaml', 'other: 1\n');
    expect(await labels('-v', file)).toMatchObject({ injected: '<no value>' });
  });

  it('that nothing reads are told, with the place and what may be meant', async () => {
    const file = temporaryFolder().write('v.yaml', '# mine\nglobal:\n  proxy:\n    logLevl: x\n');
    const { stderr } = await inject('-v', file, '--set', 'sidecarInjectorWebhok.x=1');
    expect(stderr).toContain(
      `${file}:4: nothing reads the value global.proxy.logLevl; did you mean global.proxy.logLevel?`,
    );
    expect(stderr).toContain('did you mean sidecarInjectorWebhook?');
  });

  it('that a template of the configuration reads are known', async () => {
    const folder = temporaryFolder();
    const config = folder.write('config.yaml', smallConfig);
    const { stderr } = await inject('--injectConfigFile', config, '--set', 'mark=x');
    expect(stderr).not.toContain('nothing reads');
  });

  it('of a wrong type are refused, with the file and line or the flag', async () => {
    const folder = temporaryFolder();
    const good = folder.write('good.yaml', 'global: {hub: x}\n');
    const bad = folder.write('bad.yaml', 'global:\n  proxy:\n    privileged: "no"\n');
    const stderr = await failure('-v', good, '-v', bad);
    expect(stderr).toContain(`${bad}:3: global.proxy.privileged: could not parse`);
    expect(stderr).toContain('    3 |     privileged: "no"');
    expect(await failure('--set', 'global.proxy.statusPort=x')).toContain(
      '--set global.proxy.statusPort=x: global.proxy.statusPort: could not parse',
    );
    expect(await failure('--set', 'global.hub=5')).toContain('use --set-string');
    expect(await failure('--set', 'global.hub.x=5')).toContain('global.hub');
    expect(await failure('--set', 'global.hub=a,global.hub.x=5')).toContain('global.hub');
    expect(await failure('--set-file', 'global.meshID=/no/such')).toContain('no such file');
    expect(await failure('--set', 'a')).toContain('"a" has no value');
    expect(await failure('--profile', 'none')).toContain('default, cni, minimal, openshift, fips');
  });
});

describe('profiles', () => {
  it('default changes nothing', async () => {
    expect((await inject('--profile', 'default')).pod).toEqual((await inject()).pod);
  });

  it('cni leaves the rules to the node', async () => {
    const { pod } = await inject('--profile', 'cni');
    const names = pod.spec.template.spec.initContainers.map(({ name }) => name);
    expect(names).toContain('istio-validation');
    expect(names).not.toContain('istio-init');
  });

  it('minimal asks for no resources', async () => {
    const { proxy } = await inject('--profile', 'minimal');
    expect(proxy.resources).toBeUndefined();
  });

  it('openshift chains the CNI plugin through Multus', async () => {
    const { code, stdout } = await runCli(['kube-inject', '-f', '-', '--profile', 'openshift'], {
      stdin: deployment,
    });
    expect(code).toBe(0);
    expect(stdout).toContain('k8s.v1.cni.cncf.io/networks: default/istio-cni');
  });

  it('fips restricts the proxies', async () => {
    const { proxy } = await inject('--profile', 'fips');
    expect(proxy.env).toContainEqual({ name: 'COMPLIANCE_POLICY', value: 'fips-140-3' });
    expect(proxy.env).toContainEqual({ name: 'GODEBUG', value: 'fips140=only' });
    expect(proxy.image).toMatch(/-distroless$/);
  });

  it('are below files', async () => {
    const file = temporaryFolder().write('v.yaml', 'pilot: {cni: {enabled: false}}\n');
    const { pod } = await inject('--profile', 'cni', '-v', file);
    const names = pod.spec.template.spec.initContainers.map(({ name }) => name);
    expect(names).toContain('istio-init');
  });
});

describe('--trust-annotations', () => {
  const template =
    'spec:\n  containers:\n  - name: proxy\n    workingDir: "{{ index .ObjectMeta.Annotations "a" }}"\n';
  const manifest = deployment.replace(
    'labels: {app: web}',
    'annotations: {a: "x\\"\\n    stdin: true\\n    tty: !!bool \\"true"}',
  );

  it('lets text of a pod become structure, which is refused without it', async () => {
    const config = temporaryFolder().write('template.yaml', template);
    const flags = ['kube-inject', '-f', '-', '--injectConfigFile', config];
    const refused = await runCli(flags, { stdin: manifest });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('annotation a ');
    expect(refused.stderr).toContain('--trust-annotations');
    const diff = await runCli(['diff', ...flags.slice(1)], { stdin: manifest });
    expect(diff.stderr).toContain('annotation a ');
    const trusted = await runCli([...flags, '--trust-annotations'], { stdin: manifest });
    expect(trusted.code).toBe(0);
    expect(trusted.stdout).toContain('stdin: true');
  });
});
