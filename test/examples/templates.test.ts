import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runCli, temporaryFolder } from '../cli/run-cli.ts';

function example(path: string): string {
  return fileURLToPath(new URL(`../../examples/templates/${path}`, import.meta.url));
}

interface Container {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly object[];
  readonly volumeMounts?: readonly { readonly name: string }[];
}

interface Pod {
  readonly metadata: { readonly labels: object; readonly annotations: Record<string, string> };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers: readonly Container[];
    readonly volumes: readonly { readonly name: string }[];
  };
}

/** The built-in configuration with an example's template, as its README says. */
async function configWith(name: string, values: readonly string[] = []): Promise<string[]> {
  const template = ['--template', `${name}=${example(`${name}/${name}.yaml`)}`];
  const { stdout } = await runCli(['config', 'show', ...values, ...template]);
  const file = temporaryFolder().write('injector.yaml', stdout);
  return ['--injectConfigFile', file, '--meshConfigFile', file];
}

async function inject(manifest: string, flags: readonly string[]): Promise<Pod> {
  const { stdout, stderr } = await runCli(['kube-inject', '-f', '-', ...flags], {
    stdin: manifest,
  });
  const workload = parse(stdout) as { spec: { template: Pod } };
  expect(workload?.spec.template, stderr).toBeDefined();
  return workload.spec.template;
}

function named<T extends { name: string }>(list: readonly T[] | undefined, name: string) {
  return list?.filter((each) => each.name === name) ?? [];
}

const web = readFileSync(example('log-shipper/web.yaml'), 'utf8');

describe('the example template log-shipper', () => {
  const values = ['-v', example('log-shipper/values.yaml')];

  it('has nothing that lint or config check finds', async () => {
    const file = example('log-shipper/log-shipper.yaml');
    expect(await runCli(['template', 'lint', file, ...values])).toMatchObject({
      code: 0,
      stdout: '',
    });
    const flags = await configWith('log-shipper', values);
    expect(await runCli(['config', 'check', ...flags])).toMatchObject({ code: 0, stdout: '' });
  });

  it('puts the shipper beside the application, which it lets write to a volume of both', async () => {
    const { metadata, spec } = await inject(web, await configWith('log-shipper', values));
    expect(metadata.annotations['logs.example.com/shipped']).toBe('true');
    expect(spec.containers.map(({ name }) => name)).toEqual(['web', 'log-shipper']);
    expect(named(spec.initContainers, 'istio-proxy')).toHaveLength(1);
    const mount = { name: 'app-logs', mountPath: '/var/log/app' };
    expect(spec.containers[0]).toMatchObject({
      image: 'registry.example.com/web:1.4',
      volumeMounts: [mount],
    });
    expect(spec.containers[1]).toMatchObject({
      image: 'registry.example.com/log-shipper:3.2',
      args: ['--source=/var/log/app', '--level=debug', '--to=logs.example.com:4317'],
      resources: { requests: { cpu: '10m', memory: '32Mi' } },
      volumeMounts: [{ ...mount, readOnly: true }],
    });
    expect(spec.containers[1]?.env?.slice(1)).toEqual([
      { name: 'WORKLOAD', value: 'shop/web' },
      { name: 'LABEL_team', value: 'shop' },
    ]);
    expect(named(spec.volumes, 'app-logs')).toEqual([{ name: 'app-logs', emptyDir: {} }]);
  });

  it('keeps whatever an annotation says inside its string', async () => {
    const hostile = String.raw`{"a\": x\n- name: y": "b\"\n    - name: z"}`;
    const manifest = web
      .replace(`'{"team": "shop"}'`, `'${hostile}'`)
      .replace('level: debug', String.raw`level: "x\"\n    image: evil"`);
    const { spec } = await inject(manifest, await configWith('log-shipper', values));
    const [shipper] = named(spec.containers, 'log-shipper');
    expect(shipper?.args?.[1]).toBe('--level=x"\n    image: evil');
    expect(shipper).toMatchObject({ image: 'registry.example.com/log-shipper:3.2' });
    expect(shipper?.env?.slice(2)).toEqual([
      { name: 'LABEL_a": x\n- name: y', value: 'b"\n    - name: z' },
    ]);
  });
});

describe('docs/templates.md', () => {
  it('explains the lines that are in the example', () => {
    const page = readFileSync(new URL('../../docs/templates.md', import.meta.url), 'utf8');
    const template = readFileSync(example('log-shipper/log-shipper.yaml'), 'utf8').split('\n');
    const steps = page.slice(page.indexOf('**Take settings'), page.indexOf('**Check it**'));
    const blocks = [...steps.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    expect(blocks).toHaveLength(3);
    for (const line of blocks.flatMap((text) => text.trimEnd().split('\n'))) {
      expect(template).toContain(line);
    }
  });
});

describe('the example template spire', () => {
  const withSpire = (template: string) => web.replace('sidecar,log-shipper', `${template},spire`);

  it('has nothing that lint finds', async () => {
    expect(await runCli(['template', 'lint', example('spire/spire.yaml')])).toMatchObject({
      code: 0,
      stdout: '',
    });
  });

  it.each([
    ['a native sidecar', 'true', 'initContainers'],
    ['a classic one', 'false', 'containers'],
  ] as const)("takes the place of the socket's volume for %s", async (_what, native, list) => {
    const flags = [...(await configWith('spire')), '--native-sidecars', native];
    const { metadata, spec } = await inject(withSpire('sidecar'), flags);
    expect(metadata.labels).toMatchObject({ 'spiffe.io/spire-managed-identity': 'true' });
    expect(named(spec.volumes, 'workload-socket')).toEqual([
      { name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } },
    ]);
    const proxies = [
      ...named(spec.initContainers, 'istio-proxy'),
      ...named(spec.containers, 'istio-proxy'),
    ];
    expect(proxies).toHaveLength(1);
    expect(named(spec[list], 'istio-proxy')).toHaveLength(1);
    expect(named(proxies[0]?.volumeMounts, 'workload-socket')).toEqual([
      {
        name: 'workload-socket',
        mountPath: '/var/run/secrets/workload-spiffe-uds',
        readOnly: true,
      },
    ]);
  });

  it('goes with the gateway template, too', async () => {
    const gateway = withSpire('gateway')
      .replace('- name: web', '- name: istio-proxy')
      .replace('registry.example.com/web:1.4', 'auto');
    const { spec } = await inject(gateway, await configWith('spire'));
    expect(spec.initContainers).toBeUndefined();
    expect(spec.containers).toHaveLength(1);
    expect(named(spec.volumes, 'workload-socket')).toEqual([
      { name: 'workload-socket', csi: { driver: 'csi.spiffe.io', readOnly: true } },
    ]);
  });
});
