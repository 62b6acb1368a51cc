import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { deployment, runCli, smallConfig, temporaryFolder } from './run-cli.ts';

describe('outrigger template list', () => {
  it('prints the templates, and which one is the default', async () => {
    const { code, stdout, stderr } = await runCli(['template', 'list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe('gateway\ngrpc-agent\ngrpc-simple\nsidecar (default)\n');
  });

  it('prints those of a configuration, with its aliases, also for scripts', async () => {
    const config = temporaryFolder().write(
      'config.yaml',
      `${smallConfig}aliases: {both: [sidecar, other]}\ndefaultTemplates: [both]\n`,
    );
    const { stdout } = await runCli(['template', 'list', '--injectConfigFile', config]);
    expect(stdout).toBe('sidecar\nother\nboth (default; alias of sidecar, other)\n');
    const json = await runCli(['template', 'list', '--injectConfigFile', config, '-o=json']);
    expect(JSON.parse(json.stdout)).toEqual([
      { name: 'sidecar', default: false },
      { name: 'other', default: false },
      { name: 'both', default: true, aliasOf: ['sidecar', 'other'] },
    ]);
  });
});

describe('outrigger template show', () => {
  it('prints a template that stands alone', async () => {
    const { stdout } = await runCli(['template', 'show', 'sidecar']);
    const file = temporaryFolder().write('sidecar.yaml', stdout);
    const args = ['kube-inject', '-f', '-'];
    const own = await runCli([...args, '--injectConfigFile', file], { stdin: deployment });
    const builtIn = await runCli(args, { stdin: deployment });
    expect(own.stdout).toBe(builtIn.stdout);
  });

  it('says which name may be meant', async () => {
    const { code, stderr } = await runCli(['template', 'show', 'sidecr']);
    expect(code).toBe(1);
    expect(stderr).toContain('there is no template "sidecr"');
    expect(stderr).toContain('Did you mean sidecar?');
  });
});

describe('outrigger template render', () => {
  it('prints the overlay for each pod, whatever templates it asks for', async () => {
    const pod =
      'kind: Pod\nmetadata: {annotations: {inject.istio.io/templates: gateway}}\nspec: {containers: [{name: a}]}\n';
    const { code, stdout, stderr } = await runCli(
      ['template', 'render', 'grpc-simple', '-f', '-'],
      { stdin: `${deployment}---\napiVersion: v1\n${pod}` },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [first, second] = stdout.split('---\n').map((text) => parse(text) as unknown);
    expect(first).toMatchObject({ spec: { containers: [{ name: 'web' }] } });
    expect(second).toMatchObject({ spec: { containers: [{ name: 'a' }] } });
  });

  it('prints what the overlay says as JSON, with the values of flags', async () => {
    const args = ['template', 'render', 'sidecar', '-f', '-', '-o', 'json'];
    const { stdout } = await runCli([...args, '--set', 'global.hub=mine'], { stdin: deployment });
    const [, proxy] = (JSON.parse(stdout) as { spec: { initContainers: { image: string }[] } }).spec
      .initContainers;
    expect(proxy?.image).toMatch(/^mine\/proxyv2:/);
  });

  it('prints the text of a template that cannot be merged: that is what it is for', async () => {
    const file = temporaryFolder().write('bad.yaml', 'spec: {containers: {{ 1 }}}\n');
    const { code, stdout } = await runCli(
      ['template', 'render', 'sidecar', '-f', '-', '--injectConfigFile', file],
      { stdin: deployment },
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'spec: {containers: 1}\n' });
  });

  it.each([
    ['kind: Service\napiVersion: v1\n', 'there is no pod'],
    [deployment.replace('      # one', '      hostNetwork: true\n      # one'), 'not rendered'],
  ])('says why there is nothing to print', async (stdin, message) => {
    const { code, stdout, stderr } = await runCli(['template', 'render', 'sidecar', '-f', '-'], {
      stdin,
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('says where a template fails', async () => {
    const file = temporaryFolder().write('bad.yaml', '{{ index .Spec.Containers 9 }}');
    const { code, stderr } = await runCli(
      ['template', 'render', 'sidecar', '-f', '-', '--injectConfigFile', file],
      { stdin: deployment },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('inject:1:3');
  });
});

const mistaken = `spec:
  containers:
  - name: proxy
    imagePulPolicy: Always
    workingDir: "{{ index .ObjectMeta.Annotations "a/b" }}"
    tty: {{ .Values.my.flag }}
`;

describe('outrigger template lint', () => {
  it('prints findings as compilers do, with the line, and fails for errors', async () => {
    const file = temporaryFolder().write('t.yaml', mistaken.replace('.Values.my.flag', 'true'));
    const { code, stdout, stderr } = await runCli(['template', 'lint', file]);
    expect(code).toBe(1);
    expect(stdout.split('\n').map((line) => line.replace(/ \(for .*\)/, ''))).toEqual([
      `${file}:4:5: error: spec.containers[] has no field imagePulPolicy; did you mean imagePullPolicy? [unknown-pod-field]`,
      '    4 |     imagePulPolicy: Always',
      '      |     ^',
      `${file}:5:18: warning: the text of annotation a/b can become YAML here: quote it, as in {{ … | quote }} [text-becomes-structure]`,
      '    5 |     workingDir: "{{ index .ObjectMeta.Annotations "a/b" }}"',
      '      |                  ^',
      '',
    ]);
    expect(stderr).toBe('1 template: 1 error, 1 warning\n');
  });

  it('finds the place in a configuration that holds several templates', async () => {
    const indented = mistaken.replace(/^(?=.)/gm, '    ');
    const file = temporaryFolder().write(
      'config.yaml',
      `policy: enabled\ntemplates:\n  one: |\n${indented}  two: |\n${indented.replace('proxy', 'other')}`,
    );
    const { stdout } = await runCli(['template', 'lint', file, '--set', 'my.flag=true']);
    const places = stdout.match(/config\.yaml:\d+:\d+: \w+: template \w+/g);
    expect(places?.map((place) => place.replace('config.yaml:', ''))).toEqual([
      '7:9: error: template one',
      '8:22: warning: template one',
      '14:9: error: template two',
      '15:22: warning: template two',
    ]);
  });

  it('reads a template, or a ConfigMap, from standard input', async () => {
    const { code, stdout } = await runCli(['template', 'lint', '-'], { stdin: mistaken });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^<stdin>:4:5: error: spec\.containers/);
  });

  it('goes on with the other files when one is no configuration', async () => {
    const folder = temporaryFolder();
    const broken = folder.write('broken.yaml', 'templates: [\n');
    const file = folder.write('t.yaml', 'spec:\n  nodeNam: x\n');
    const { code, stdout, stderr } = await runCli(['template', 'lint', broken, file]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken\.yaml:2:1: error: yaml: /);
    expect(stdout).toContain(`${file}:2:3: error:`);
    expect(stderr).toBe('1 template: 2 errors, 0 warnings\n');
  });

  it('takes values as known that flags give', async () => {
    const folder = temporaryFolder();
    const file = folder.write('t.yaml', 'spec: {priority: {{ .Values.my.priority }}}\n');
    const unknown = await runCli(['template', 'lint', file]);
    expect(unknown.stdout).toContain('no value my.priority is known');
    const values = folder.write('v.yaml', 'my: {priority: 5}\n');
    const known = await runCli(['template', 'lint', file, '-v', values]);
    expect(known).toMatchObject({ code: 0, stdout: '' });
  });

  it('prints JSON for scripts', async () => {
    const file = temporaryFolder().write('t.yaml', 'spec:\n  nodeNam: x\n');
    const { code, stdout, stderr } = await runCli(['template', 'lint', file, '--output', 'json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      errors: 1,
      warnings: 0,
      findings: [{ file, rule: 'unknown-pod-field', severity: 'error', line: 2, column: 3 }],
    });
  });
});

describe('outrigger config check', () => {
  it('finds nothing in the built-in configuration', async () => {
    const { code, stdout, stderr } = await runCli(['config', 'check']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: 'the configuration: 0 errors, 0 warnings\n',
    });
  });

  it('finds what is wrong in each part, all at once', async () => {
    const folder = temporaryFolder();
    const config = folder.write(
      'config.yaml',
      'policy: on\ntemplates:\n  sidecar: |\n    spec: {nodeNam: x}\ndefaultTemplates: [sidcar]\naliases: {a: [b]}\nneverInjectSelector: [{matchExpressions: [{key: a, operator: Is}]}]\n',
    );
    const values = folder.write('values.yaml', 'global:\n  proxi: {}\n');
    const { code, stdout } = await runCli([
      ...['config', 'check', '--injectConfigFile', config, '-v', values],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('neither enabled nor disabled');
    expect(stdout).toContain('defaultTemplates: there is no template sidcar');
    expect(stdout).toContain('aliases: a stands for b, which is no template');
    expect(stdout).toContain('warning: neverInjectSelector[0] is passed over: "Is" is not');
    expect(stdout).toContain(`${config}:4:12: error: template sidecar: spec has no field nodeNam`);
    expect(stdout).toContain(`${values}:2: warning: nothing reads the value global.proxi`);
  });

  it('finds names in every part that nothing reads, with their lines', async () => {
    const folder = temporaryFolder();
    const config = folder.write('config.yaml', `defaultTemplate: [other]\n${smallConfig}`);
    const values = folder.write('values.yaml', 'mark: ours\nglobal:\n  proxi: {}\n');
    const mesh = folder.write(
      'mesh.yaml',
      `defaultConfig:
  proxyMetdata: {}
extensionProviders:
- name: a
  opentelemetry: {service: x.y, port: 1, servce: 3}
`,
    );
    const files = ['--injectConfigFile', config, '-v', values, '--meshConfigFile', mesh];
    const { code, stdout } = await runCli(['config', 'check', ...files]);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => line.includes('unread-setting'))).toEqual([
      `${config}:1: warning: nothing reads defaultTemplate; did you mean defaultTemplates? [unread-setting]`,
      `${values}:3: warning: nothing reads the value global.proxi; did you mean global.proxy? [unread-setting]`,
      `${mesh}:2: warning: nothing reads defaultConfig.proxyMetdata; did you mean proxyMetadata? [unread-setting]`,
      `${mesh}:5: warning: nothing reads extensionProviders[0].opentelemetry.servce; did you mean service? [unread-setting]`,
    ]);
  });

  it('finds keys that stand twice in a part of the configuration', async () => {
    const folder = temporaryFolder();
    const config = folder.write('config.yaml', `policy: enabled\n${smallConfig}  other: ""\n`);
    const values = folder.write(
      'values.yaml',
      'mark: ours\nglobal:\n  hub: a\n  tag: b\n  hub: c\n',
    );
    const mesh = folder.write('mesh.yaml', 'trustDomain: a\ntrustDomain: b\n');
    const files = ['--injectConfigFile', config, '-v', values, '--meshConfigFile', mesh];
    const { code, stdout } = await runCli(['config', 'check', ...files]);
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => line.includes('duplicate-key'))).toEqual([
      `${config}:15: error: templates has the key other twice; only the last one counts [duplicate-key]`,
      `${values}:5: error: global has the key hub twice; only the last one counts [duplicate-key]`,
      `${mesh}:2: error: the top has the key trustDomain twice; only the last one counts [duplicate-key]`,
    ]);
  });

  it('takes a single template, which needs no policy; a configuration does', async () => {
    const folder = temporaryFolder();
    const check = (name: string, text: string) =>
      runCli(['config', 'check', '--injectConfigFile', folder.write(name, text)]);
    expect(await check('t.yaml', 'spec: {priority: 5}\n')).toMatchObject({ code: 0, stdout: '' });
    const { code, stdout } = await check('config.yaml', 'templates: {sidecar: ""}\n');
    expect(code).toBe(0);
    expect(stdout).toMatch(/: warning: no policy is set: the webhook injects nothing/);
  });

  it('reads a ConfigMap as kubectl exports it, also from standard input', async () => {
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'istio-sidecar-injector' },
      data: {
        config: smallConfig.replace('containers:', 'containrs:'),
        values: JSON.stringify({ mark: 'ours', global: { proxi: {} } }, undefined, 2),
      },
    };
    const folder = temporaryFolder();
    const yaml = stringify(configMap);
    const file = folder.write('map.yaml', yaml);
    const lines = yaml.split('\n');
    const lineWith = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;
    const { stdout } = await runCli(['config', 'check', '--injectConfigFile', file]);
    expect(stdout).toContain(
      `${file}:${lineWith('containrs')}:11: error: template sidecar: spec has no field containrs`,
    );
    expect(stdout).toContain(`${file}:${lineWith('proxi')}: warning: nothing reads the value`);

    const stdin = JSON.stringify({ kind: 'List', items: [configMap] });
    const piped = await runCli(['config', 'check', '--injectConfigFile', '-'], { stdin });
    expect(piped.code).toBe(1);
    expect(piped.stdout).toContain('<stdin>: error: template sidecar: spec has no field containrs');
    expect(piped.stdout).toContain('(line 5 of the template: containrs:)');
  });

  it('says so when a ConfigMap is another one', async () => {
    const stdin = 'kind: ConfigMap\ndata:\n  mesh: "trustDomain: x"\n';
    for (const args of [
      ['config', 'check', '--injectConfigFile', '-'],
      ['template', 'lint', '-'],
    ]) {
      const { code, stdout } = await runCli(args, { stdin });
      expect({ code, stdout }).toEqual({
        code: 1,
        stdout:
          '<stdin>: error: the ConfigMap has no key config with an injector configuration, only mesh [configuration]\n',
      });
    }
  });

  it('shows the line of a value of the wrong type', async () => {
    const values = temporaryFolder().write('v.yaml', 'global:\n  proxy: {}\n  hub: 5\n');
    const { code, stdout } = await runCli(['config', 'check', '-v', values]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^[^\n]*v\.yaml:3: error: [^\n]*global\.hub[^\n]*\n +3 \| +hub: 5\n$/);
  });

  it('finds what cannot be read at all, in several files', async () => {
    const folder = temporaryFolder();
    const config = folder.write('config.yaml', 'templates:\n  sidecar: "{{ if }}"\n');
    const mesh = folder.write('mesh.yaml', 'trustDomain: [x]\n');
    const { code, stdout } = await runCli([
      ...['config', 'check', '--injectConfigFile', config, '--meshConfigFile', mesh],
      ...['--output', 'json'],
    ]);
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { file: string }[] };
    expect(findings.map(({ file }) => file)).toContain(mesh);
    const values = await runCli(['config', 'check', '--set', 'global.hub=5', '-o', 'json']);
    expect(JSON.parse(values.stdout)).toMatchObject({ errors: 1 });
  });

  it('fails for a file that is not there', async () => {
    const { code, stderr } = await runCli(['config', 'check', '-v', '/no/such']);
    expect(code).toBe(1);
    expect(stderr).toContain('no such file');
  });
});

describe('outrigger config show', () => {
  it('prints ConfigMaps that make the same pods as the built-in configuration', async () => {
    const { stdout, stderr } = await runCli(['config', 'show', '--revision', 'canary']);
    expect(stderr).toBe('');
    const maps = stdout.split('---\n').map((text) => parse(text) as { metadata: object });
    expect(maps.map(({ metadata }) => metadata)).toEqual([
      { name: 'istio-sidecar-injector-canary', namespace: 'istio-system' },
      { name: 'istio-canary', namespace: 'istio-system' },
    ]);
    const file = temporaryFolder().write('maps.yaml', stdout);
    const files = ['--injectConfigFile', file, '--meshConfigFile', file];
    for (const template of ['sidecar', 'gateway', 'grpc-agent', 'grpc-simple']) {
      const stdin = deployment.replace(
        'labels:',
        `annotations: {inject.istio.io/templates: ${template}}\n      labels:`,
      );
      const own = await runCli(['kube-inject', '-f', '-', ...files], { stdin });
      const builtIn = await runCli(['kube-inject', '-f', '-'], { stdin });
      expect(own.stdout).toBe(builtIn.stdout);
      expect(own.stdout).not.toBe(stdin);
    }
  });

  it('adds templates and settles values', async () => {
    const folder = temporaryFolder();
    const file = folder.write('t.yaml', 'metadata: {labels: {mine: "yes"}}\n');
    const flags = ['--template', `mine=${file}`, '--set', 'global.hub=here', '-n', 'mesh'];
    const { stdout } = await runCli(['config', 'show', ...flags]);
    const [map] = stdout.split('---\n').map((text) => parse(text) as ConfigMap);
    expect(map?.metadata.namespace).toBe('mesh');
    const { templates } = parse(map?.data.config ?? '') as { templates: Record<string, string> };
    expect(Object.keys(templates)).toEqual([
      ...['gateway', 'grpc-agent', 'grpc-simple', 'sidecar', 'mine'],
    ]);
    expect(templates['mine']).toBe('metadata: {labels: {mine: "yes"}}\n');
    expect(parse(map?.data.values ?? '')).toMatchObject({ global: { hub: 'here' } });
  });

  it.each(['mine', '=x.yaml', 'mine='])('refuses --template %s', async (text) => {
    const { code, stderr } = await runCli(['config', 'show', '--template', text]);
    expect(code).toBe(64);
    expect(stderr).toContain('--template takes <name>=<file>');
  });
});

interface ConfigMap {
  readonly metadata: { readonly namespace: string };
  readonly data: { readonly config: string; readonly values: string };
}
