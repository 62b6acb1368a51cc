import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deployment, runCli, service, smallConfigFlags, temporaryFolder } from './run-cli.ts';

/** Lines that are in `after` and not, in that order, in `before`; throws when a line of `before` is missing. */
function added(before: string, after: string): string[] {
  const rest = before.split('\n');
  const extra = after.split('\n').filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
  expect(rest).toEqual([]);
  return extra;
}

describe('the result', () => {
  test('has every line of the input and, between them, what injection adds', async () => {
    const folder = temporaryFolder();
    const app = folder.write('app.yaml', deployment.replace('{app: web}', '\n        app: web'));
    const { code, stdout, stderr } = await runCli([
      'kube-inject',
      '-f',
      app,
      ...smallConfigFlags(folder),
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const lines = added(readFileSync(app, 'utf8'), stdout).map((line) => line.trim());
    expect(lines).toContain('injected: ours');
    expect(lines).toContain('- name: istio-proxy');
  });

  test('keeps documents that are not injected byte for byte, separators too', async () => {
    const folder = temporaryFolder();
    const text = `---\n${service}--- # next\n\n# nothing here\n---\nkind: Other\nkey:   "as it is"`;
    const { stdout } = await runCli(['kube-inject', '-f', '-', ...smallConfigFlags(folder)], {
      stdin: text,
    });
    expect(stdout).toBe(text);
  });

  test('keeps line ends of Windows and a byte order mark', async () => {
    const folder = temporaryFolder();
    const text = `\ufeff${deployment.replaceAll('\n', '\r\n')}`;
    const { stdout } = await runCli(['kube-inject', '-f', '-', ...smallConfigFlags(folder)], {
      stdin: text,
    });
    expect(stdout.startsWith('\ufeff')).toBe(true);
    expect(stdout).toContain('- name: istio-proxy\r\n');
    expect(stdout.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('is JSON when the input is, with each of several objects injected', async () => {
    const folder = temporaryFolder();
    const pod = (name: string) =>
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"${name}"},"spec":{"containers":[]}}`;
    const { stdout } = await runCli(['kube-inject', '-f', '-', ...smallConfigFlags(folder)], {
      stdin: `${pod('a')}${pod('b')}\n`,
    });
    const [first, second] = stdout.split(/(?<=\})(?=\{"apiVersion")/);
    for (const [text, name] of [
      [first, 'a'],
      [second, 'b'],
    ]) {
      const { metadata, spec } = JSON.parse(text ?? '');
      expect(metadata).toMatchObject({ name, labels: { injected: 'ours' } });
      expect(spec.containers).toEqual([expect.objectContaining({ name: 'istio-proxy' })]);
    }
  });

  test('is empty for empty input', async () => {
    const folder = temporaryFolder();
    const result = await runCli(['kube-inject', '-f', '-', ...smallConfigFlags(folder)]);
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('of several files has a separator between them', async () => {
    const folder = temporaryFolder();
    const a = folder.write('a.yaml', service.trimEnd());
    const b = folder.write('b.yaml', `\ufeff${service}---\n`);
    const c = folder.write('c.yaml', service);
    const { stdout } = await runCli([
      ...['kube-inject', '-f', a, '-f', b, '--filename', c],
      ...smallConfigFlags(folder),
    ]);
    expect(stdout).toBe(`${service}---\n${service}---\n${service}`);
  });

  test('injected twice is the result injected once', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const once = await runCli(['kube-inject', '-f', '-', ...flags], { stdin: deployment });
    const twice = await runCli(['kube-inject', '-f', '-', ...flags], { stdin: once.stdout });
    expect(twice.stdout).toBe(once.stdout);
  });
});

describe('the configuration', () => {
  test('built in needs no flags and no notes', async () => {
    const { code, stdout, stderr } = await runCli(['kube-inject', '-f', '-'], {
      stdin: deployment,
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('- name: istio-proxy');
    expect(stdout).toContain('restartPolicy: Always');
  });

  test('built in takes values that only say what differs', async () => {
    const folder = temporaryFolder();
    const values = folder.write('values.yaml', 'global:\n  tag: 9.8.7\n');
    const { stdout } = await runCli(['kube-inject', '-f', '-', '--valuesFile', values], {
      stdin: deployment,
    });
    expect(stdout).toMatch(/image: \S+\/proxyv2:9\.8\.7\n/);
  });

  test('can be a single template', async () => {
    const folder = temporaryFolder();
    const template = folder.write('t.yaml', 'metadata:\n  labels:\n    only: template\n');
    const { stdout } = await runCli(['kube-inject', '-f', '-', '--injectConfigFile', template], {
      stdin: deployment,
    });
    expect(stdout).toContain('only: template');
  });

  test('can be ConfigMaps in one file, values and all', async () => {
    const folder = temporaryFolder();
    const maps = folder.write(
      'maps.yaml',
      `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: istio}
  data:
    mesh: "trustDomain: here.example"
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: istio-sidecar-injector}
  data:
    values: '{"mark": "from the map"}'
    config: |
      templates:
        sidecar: |
          metadata:
            labels:
              mark: "{{ .Values.mark }}"
              domain: "{{ .MeshConfig.TrustDomain }}"
`,
    );
    const { stdout, stderr } = await runCli(
      ['kube-inject', '-f', '-', '--injectConfigFile', maps, '--meshConfigFile', maps],
      { stdin: deployment },
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('mark: "from the map"');
    expect(stdout).toContain('domain: here.example');
  });

  test('that is built in where files were given elsewhere is mentioned', async () => {
    const folder = temporaryFolder();
    const [flag = '', file = ''] = smallConfigFlags(folder);
    const { stderr } = await runCli(['kube-inject', '-f', '-', flag, file], { stdin: service });
    expect(stderr).toContain('Note: values: the built-in ones');
    expect(stderr).toContain('Note: mesh configuration: the built-in one');
  });

  test.each([
    [[], {}, true],
    [[], { ENABLE_NATIVE_SIDECARS: 'false' }, false],
    [['--native-sidecars', 'false'], {}, false],
    [['--native-sidecars=true'], { ENABLE_NATIVE_SIDECARS: 'false' }, true],
  ])('makes native sidecars by %j and %j: %s', async (flags, env, native) => {
    const { stdout } = await runCli(['kube-inject', '-f', '-', ...flags], {
      stdin: deployment,
      env,
    });
    expect(stdout.includes('restartPolicy: Always')).toBe(native);
  });

  test('decides by policy only when cluster rules are asked for', async () => {
    const folder = temporaryFolder();
    const config = folder.write(
      'c.yaml',
      'policy: disabled\ntemplates:\n  sidecar: "metadata: {labels: {a: b}}"\n',
    );
    const flags = ['kube-inject', '-f', '-', '--injectConfigFile', config];
    expect((await runCli(flags, { stdin: deployment })).stdout).not.toBe(deployment);
    expect((await runCli([...flags, '--cluster-rules'], { stdin: deployment })).stdout).toBe(
      deployment,
    );
  });

  test('can register another kind, with templates in a list', async () => {
    const job = `apiVersion: batch.volcano.sh/v1alpha1
kind: Job
metadata: {name: train}
spec:
  tasks:
  - name: one
    template:
      spec:
        containers: [{name: one}]
  - name: two
    template:
      spec:
        containers: [{name: two}]
`;
    const flags = ['kube-inject', '-f', '-', ...smallConfigFlags(temporaryFolder())];
    const left = await runCli(flags, { stdin: job });
    expect(left.stdout).toBe(job);
    const entry = 'batch.volcano.sh/Job=spec.tasks[*].template';
    expect(left.stderr).toContain(`--pod-template '${entry}'`);
    const taken = await runCli([...flags, '--pod-template', entry], { stdin: job });
    expect(taken.stdout.match(/name: istio-proxy/g)).toHaveLength(2);
  });

  test.each([
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['apps.openshift.io/v1', 'DeploymentConfig'],
    ['serving.knative.dev/v1', 'Service'],
    ['apps.kruise.io/v1alpha1', 'CloneSet'],
  ])('knows %s %s', async (apiVersion, kind) => {
    const flags = ['kube-inject', '-f', '-', ...smallConfigFlags(temporaryFolder())];
    const object = deployment.replace('apps/v1', apiVersion).replace('Deployment', kind);
    const { code, stdout } = await runCli(flags, { stdin: object });
    expect(code).toBe(0);
    expect(stdout).toContain('istio-proxy');
  });
});

describe('the output file', () => {
  test('may be the input, and keeps its mode', async () => {
    const folder = temporaryFolder();
    const app = folder.write('app.yaml', deployment);
    chmodSync(app, 0o640);
    const flags = smallConfigFlags(folder);
    const { code, stdout } = await runCli(['kube-inject', '-f', app, '-o', app, ...flags]);
    expect([code, stdout]).toEqual([0, '']);
    expect(readFileSync(app, 'utf8')).toContain('istio-proxy');
    expect(statSync(app).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('stays as it was when anything fails', async () => {
    const folder = temporaryFolder();
    const app = folder.write('app.yaml', `${deployment}---\nkind: Pod\nspec: [\n`);
    const out = folder.write('out.yaml', 'precious\n');
    const { code, stdout } = await runCli([
      'kube-inject',
      '-f',
      app,
      '-o',
      out,
      ...smallConfigFlags(folder),
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(readFileSync(out, 'utf8')).toBe('precious\n');
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is made where a symbolic link leads, which stays', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'out'));
    const [link, between] = [join(folder.path, 'link'), join(folder.path, 'between')];
    symlinkSync('between', link);
    symlinkSync('out/all.yaml', between);
    const flags = ['-f', '-', '-o', link, ...smallConfigFlags(folder)];
    await runCli(['kube-inject', ...flags], { stdin: service });
    expect(readFileSync(join(folder.path, 'out', 'all.yaml'), 'utf8')).toBe(service);
    expect([link, between].map((path) => lstatSync(path).isSymbolicLink())).toEqual([true, true]);
  });

  test('behind a symbolic link is written, and the link stays', async () => {
    const folder = temporaryFolder();
    const real = folder.write('real.yaml', '');
    const link = join(folder.path, 'link.yaml');
    symlinkSync(real, link);
    await runCli(['kube-inject', '-f', '-', '-o', link, ...smallConfigFlags(folder)], {
      stdin: service,
    });
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(real, 'utf8')).toBe(service);
  });

  test('cannot be a folder or in one that does not exist', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 'sub'));
    for (const [path, reason] of [
      [join(folder.path, 'sub'), 'is a directory'],
      [join(folder.path, 'none', 'x.yaml'), 'no such file or directory'],
    ] as const) {
      const { code, stderr } = await runCli(['kube-inject', '-f', '-', '-o', path], {
        stdin: service,
      });
      expect(code).toBe(1);
      expect(stderr).toContain(`${path}: ${reason}`);
    }
  });

  test('is each input itself with --in-place, but none when one of them fails', async () => {
    const folder = temporaryFolder();
    const flags = ['--in-place', ...smallConfigFlags(folder)];
    const app = folder.write('app.yaml', deployment);
    const bad = folder.write('bad.yaml', 'a: b: c\n');
    const failed = await runCli(['kube-inject', '-f', app, '-f', bad, ...flags]);
    expect(failed.code).toBe(1);
    expect(readFileSync(app, 'utf8')).toBe(deployment);
    expect((await runCli(['kube-inject', '-f', app, ...flags])).code).toBe(0);
    expect(readFileSync(app, 'utf8')).toContain('istio-proxy');
  });
});

describe('what is said', () => {
  test('about workloads left out follows the data in the words that scripts know', async () => {
    const folder = temporaryFolder();
    const out = deployment.replace('{app: web}', '{sidecar.istio.io/inject: "false"}');
    const host = deployment
      .replace('metadata:\n  name', 'metadata:\n  namespace: shop\n  name')
      .replace('    spec:\n', '    spec:\n      hostNetwork: true\n');
    const text = `${out}---\n${host}`;
    const { code, stdout, stderr } = await runCli(
      ['kube-inject', '-f', '-', ...smallConfigFlags(folder)],
      { stdin: text },
    );
    expect([code, stdout]).toEqual([0, text]);
    expect(stderr).toBe(
      '\n===> Skipping injection because Deployment "web" has sidecar injection disabled\n\n' +
        '===> Skipping injection because Deployment "shop/web" has host networking enabled\n\n',
    );
  });

  test('about broken YAML names file, line, column and document, and shows the line', async () => {
    const folder = temporaryFolder();
    const app = folder.write('app.yaml', `${service}---\n# two\nkind: Pod\nspec: a: b\n`);
    const { code, stdout, stderr } = await runCli([
      'kube-inject',
      '-f',
      app,
      ...smallConfigFlags(folder),
    ]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^Error: .*app\.yaml:8:8: document 2: error converting YAML to JSON: yaml: mapping values/,
    );
    expect(stderr).toContain('8 | spec: a: b\n');
  });

  test('names every broken document, and prints nothing else', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await runCli(
      ['kube-inject', '-f', '-', ...smallConfigFlags(folder)],
      { stdin: `a: [\n---\n${deployment}---\n- list\n` },
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.match(/^Error: <stdin>:/gm)).toHaveLength(2);
    expect(stderr).toContain('a Kubernetes object is a mapping, but this is a list');
  });

  test('about an annotation points at its line', async () => {
    const folder = temporaryFolder();
    const app = folder.write(
      'app.yaml',
      deployment.replace(
        'labels: {app: web}',
        'annotations:\n        status.sidecar.istio.io/port: "a lot"',
      ),
    );
    const { code, stderr } = await runCli(['kube-inject', '-f', app, ...smallConfigFlags(folder)]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Error: .*app\.yaml:9:9: document 1: Deployment "web": /);
    expect(stderr).toContain("for annotation 'status.sidecar.istio.io/port'");
  });

  test('about a template points at its line in the file', async () => {
    const folder = temporaryFolder();
    const config = folder.write(
      'c.yaml',
      'templates:\n  sidecar: |\n    a: b\n    {{ nonsense }}\n',
    );
    const { stderr } = await runCli(['kube-inject', '-f', '-', '--injectConfigFile', config], {
      stdin: deployment,
    });
    expect(stderr).toMatch(/^Error: .*c\.yaml:4: .*function "nonsense" not defined/);
    expect(stderr).toContain('4 |     {{ nonsense }}');
  });

  test('about more text after an object is better than losing it', async () => {
    const pod = '{kind: Pod, apiVersion: v1, metadata: {name: a}, spec: {containers: []}}\n';
    const { code, stderr } = await runCli(
      ['kube-inject', '-f', '-', ...smallConfigFlags(temporaryFolder())],
      { stdin: pod + pod },
    );
    expect(code).toBe(1);
    expect(stderr).toContain('<stdin>:2');
    expect(stderr).toContain('Put a line with --- in between.');
  });
});

describe('flags', () => {
  test.each([
    [['-f', ''], 'filename not specified (see --filename or -f)'],
    [[], 'filename not specified (see --filename or -f)'],
    [
      ['-f', 'x', '--meshConfigMapName='],
      '--meshConfigFile or --meshConfigMapName or --operatorFileName must be set',
    ],
    [['-f', 'missing.yaml'], 'open missing.yaml: no such file or directory'],
    [['-f', 'src'], 'src: no manifest in this directory'],
    [['-f', 'x', '--meshConfigFile', 'no'], 'cannot read mesh config file open no: no such file'],
    [['-f', 'x', '--injectConfigFile', 'no'], 'open no: no such file or directory'],
    [['-f', 'x', '--valuesFile', 'no'], 'open no: no such file or directory'],
    [['-f', 'x', '--operatorFileName', 'no'], '--operatorFileName is not supported'],
    [['-f', 'x', '--kubeconfig', 'k'], 'k: the kubeconfig cannot be read: there is no such file'],
    [['-f', '-', '-f', '-'], 'standard input (-f -) can only be read once'],
    [['-f', '-', '--in-place'], '--in-place needs files'],
    [['-f', 'x', '-o', 'y', '--in-place'], 'exclude each other'],
  ])('%j fail with a reason', async (flags, reason) => {
    const { code, stdout, stderr } = await runCli(['kube-inject', ...flags]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Error: /);
    expect(stderr).toContain(reason);
  });

  test('that cannot work together are all named', async () => {
    const { stderr } = await runCli(['kube-inject', '--meshConfigMapName=']);
    expect(stderr.match(/^Error: /gm)).toHaveLength(2);
  });

  test('of istioctl that make no difference are taken, also as Go programs write them', async () => {
    const flags = smallConfigFlags(temporaryFolder());
    const { code, stdout, stderr } = await runCli(
      [
        ...[
          '-n',
          'shop',
          'kube-inject',
          '-f=-',
          '-i',
          'istio-system',
          '--insecure=false',
          '--plaintext',
        ],
        ...['--as-group', 'a', '--as-group=b', '--timeout', '5s', '--webhookConfig=x'],
        ...flags,
      ],
      { stdin: service },
    );
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: service, stderr: '' });
  });

  test('do not take several files, which a shell makes of a pattern: that is said', async () => {
    const folder = temporaryFolder();
    const [first, second] = [folder.write('a.yaml', service), folder.write('b.yaml', service)];
    const { code, stdout, stderr } = await runCli([
      ...['kube-inject', '-f', first, second],
      ...smallConfigFlags(folder),
    ]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: service,
      stderr: `Note: ${second} was not read: every file needs a -f of its own\n`,
    });
  });

  test('for a cluster are fine when both files are there', async () => {
    const { code } = await runCli(
      ['kube-inject', '-f', '-', '-c', 'kubeconfig', ...smallConfigFlags(temporaryFolder())],
      { stdin: service },
    );
    expect(code).toBe(0);
  });

  test('set the revision', async () => {
    const { stdout } = await runCli(
      ['kube-inject', '-f', '-', '-r', 'canary', ...smallConfigFlags(temporaryFolder())],
      { stdin: deployment },
    );
    expect(stdout).toContain('"revision":"canary"');
  });
});

describe('a pod with an istio-proxy of its own, injected once more', () => {
  const pod = deployment.replace(
    /containers:.*/s,
    "containers:\n        - {name: web, image: 'web:2'}\n        - {name: istio-proxy, image: 'mine:1', args: [mine]}\n",
  );
  const inject = async (stdin: string, native: string) =>
    (await runCli(['kube-inject', '-f', '-', '--native-sidecars', native], { stdin })).stdout;

  test.each([['true'], ['false']])('is the same as before (native: %s)', async (native) => {
    const once = await inject(pod, native);
    expect(once).toContain('mine:1');
    expect(await inject(once, native)).toBe(once);
  });

  test.each([
    ['true', 'false'],
    ['false', 'true'],
  ])('keeps what is its own from native %s to %s', async (before, after) => {
    const twice = await inject(await inject(pod, before), after);
    expect(twice.match(/mine:1/g)).toHaveLength(
      (await inject(pod, after)).match(/mine:1/g)!.length,
    );
    expect(twice.match(/name: istio-proxy/g)).toHaveLength(1);
  });
});

test('text that is not UTF-8 is refused', async () => {
  const { code, stderr } = await runCli(['kube-inject', '-f', '-'], {
    stdin: Buffer.from([0x61, 0x3a, 0x20, 0xff, 0x0a]),
  });
  expect(code).toBe(1);
  expect(stderr).toContain('<stdin> is not UTF-8 text');
});
