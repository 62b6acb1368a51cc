import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { attempts } from './hostile-text.ts';
import { injectorOf, note, paste, proxyOf, readNote, shapeOf, withField } from './paste.ts';

/** Ways to paste a value that leave it to the value whether it stays one. */
const careless: readonly (readonly [name: string, yaml: string])[] = [
  ['nothing around it', `{{ ${readNote} }}`],
  ['double quotes', `"{{ ${readNote} }}"`],
  ['single quotes', `'{{ ${readNote} }}'`],
  ['text before it', `--flag={{ ${readNote} }}`],
  ['text after it', `{{ ${readNote} }}-suffix`],
  ['a flow list around it', `a\n    command: [b, {{ ${readNote} }}]`],
  ['a flow mapping around it', `a\n    env: [{name: A, value: {{ ${readNote} }}}]`],
  ['quotes in a flow list', `a\n    command: ["{{ ${readNote} }}"]`],
  ['a literal block', `|\n      {{ ${readNote} }}`],
  ['quotes that do not escape', `{{ ${readNote} | squote }}`],
  ['printf', `{{ printf "--a=%s" (${readNote}) }}`],
  ['a list element of its own', `a\n    command:\n    - {{ ${readNote} }}`],
];

/** Gets out of double quotes. */
const evil = 'x"\n    stdin: true\n    terminationMessagePath: "x';

/** The metadata of a pod that a controller with these fields has made. */
function ownedBy(fields: JsonObject): JsonObject {
  const owner = { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'web', controller: true };
  return { generateName: 'web-', ownerReferences: [{ ...owner, ...fields }] };
}

/** Each name stands for ten of the one before. */
function aliases(depth: number): string {
  const lines = ['&a0 x'];
  for (let at = 1; at <= depth; at++) {
    lines.push(`&a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join(', ')}]`);
  }
  return `[${lines.join(', ')}]`;
}

describe('untrusted text that a template pastes carelessly', () => {
  describe.each(careless)('with %s', (_way, yaml) => {
    const template = withField(yaml);
    const expected = shapeOf(proxyOf(paste(template, { annotations: { [note]: 'x' } })));

    it.each(attempts)('never changes the structure by %s', (_name, value) => {
      const result = paste(template, { annotations: { [note]: value } });
      if (result.outcome === 'failed') {
        expect(result.error).toMatchObject({ stage: 'template', subject: note });
      } else {
        expect(shapeOf(proxyOf(result))).toEqual(expected);
        expect(proxyOf(result)?.['args']).toEqual(['first']);
      }
    });
  });

  it.each(attempts)('would change it somewhere by %s, were it trusted', (_name, value) => {
    const outcomes = careless.map(([, yaml]) => {
      const inject = (text: string) =>
        paste(withField(yaml), { annotations: { [note]: text } }, { trusted: true });
      const result = inject(value);
      return (
        result.outcome === 'failed' ||
        JSON.stringify(shapeOf(proxyOf(result))) !== JSON.stringify(shapeOf(proxyOf(inject('x'))))
      );
    });
    expect(outcomes).toContain(true);
  });

  it('is refused with the name of the annotation, and no other', () => {
    const template = withField(
      `"{{ ${readNote} }}"\n    # {{ index .ObjectMeta.Annotations "a/b" }}`,
    );
    const annotations = { 'a/b': 'a: "b', [note]: '"\n    stdin: true\n    tty: "x', c: '"\n"' };
    const result = paste(template, { annotations });
    expect(result).toMatchObject({ outcome: 'failed', error: { subject: note } });
    const message = result.outcome === 'failed' ? result.error.message : '';
    expect(message).toContain(`annotation ${note} `);
    expect(message).toContain('template sidecar');
    expect(message).not.toContain('a/b');
  });

  it('is let through where annotations are trusted', () => {
    const template = withField(`"{{ ${readNote} }}"`);
    const annotations = { [note]: '"\n    stdin: true\n    tty: !!bool "true' };
    expect(paste(template, { annotations }).outcome).toBe('failed');
    expect(proxyOf(paste(template, { annotations }, { trusted: true }))).toMatchObject({
      stdin: true,
      tty: true,
    });
  });

  it('is only looked at when the template reads it', () => {
    const annotations = { [note]: '"\n    stdin: true' };
    expect(paste(withField('"x"'), { annotations }).outcome).toBe('injected');
  });

  it('is refused in a label, a container name, an image and the proxy config, too', () => {
    const bad = 'x"\n    stdin: true\n    tty: "x';
    const label = withField('"{{ index .ObjectMeta.Labels "example.com/label" }}"');
    const labels = { 'example.com/label': bad };
    expect(paste(label, { labels })).toMatchObject({
      outcome: 'failed',
      error: { subject: 'label example.com/label' },
    });
    const name = withField('"{{ (index .Spec.Containers 0).Name }}"');
    expect(paste(name, { container: { name: bad } }).outcome).toBe('failed');
    const image = withField('"{{ (index .Spec.Containers 0).Image }}"');
    expect(paste(image, { container: { image: bad } }).outcome).toBe('failed');
    const command = withField('"{{ index (index .Spec.Containers 0).Command 0 }}"');
    expect(paste(command, { container: { command: [bad] } }).outcome).toBe('failed');
    const config = withField('"{{ .ProxyConfig.ProxyMetadata.A }}"');
    const annotations = { 'proxy.istio.io/config': JSON.stringify({ proxyMetadata: { A: bad } }) };
    expect(paste(config, { annotations })).toMatchObject({
      outcome: 'failed',
      error: { subject: 'proxy.istio.io/config' },
    });
    const type = withField('"{{ .ProxyImage }}"');
    expect(paste(type, { annotations: { 'sidecar.istio.io/proxyImageType': bad } })).toMatchObject({
      outcome: 'failed',
      error: { subject: 'sidecar.istio.io/proxyImageType' },
    });
  });

  it.each([
    ['owner', '(index .ObjectMeta.OwnerReferences 0).Name', { ownerReferences: [{ name: evil }] }],
    ['kind of the owner', '.TypeMeta.Kind', ownedBy({ kind: evil })],
    ['version of the owner', '.TypeMeta.APIVersion', ownedBy({ apiVersion: evil })],
    ['name of the owner', '.DeploymentMeta.Name', ownedBy({ name: evil })],
    ['finalizer', 'index .ObjectMeta.Finalizers 0', { finalizers: [evil] }],
    ['name', '.ObjectMeta.Name', { name: evil }],
    ['name to be made', '.ObjectMeta.GenerateName', { generateName: evil }],
  ])('is refused as the %s', (_what, read, metadata) => {
    const careless = withField(`"{{ ${read} }}"`);
    expect(paste(careless, { metadata }, { trusted: true }).outcome).toBe('injected');
    expect(paste(careless, { metadata })).toMatchObject({
      outcome: 'failed',
      error: { subject: "the pod's names" },
    });
    const quoted = paste(withField(`{{ ${read} | quote }}`), { metadata });
    expect(proxyOf(quoted)?.['workingDir']).toContain(evil);
  });

  it.each([
    ['a service account', '.Spec.ServiceAccountName', { serviceAccountName: evil }],
    ['a node', '.Spec.NodeName', { nodeName: evil }],
    [
      'a label to select nodes by',
      'range .Spec.NodeSelector }}{{ .',
      { nodeSelector: { a: evil } },
    ],
    ['a scheduler', '.Spec.SchedulerName', { schedulerName: evil }],
    ['a volume', '(index .Spec.Volumes 0).Name', { volumes: [{ name: evil }] }],
  ])('is refused as the name of %s', (_what, read, spec) => {
    const end = read.startsWith('range') ? '{{ end }}' : '';
    const careless = withField(`"{{ ${read} }}${end}"`);
    expect(paste(careless, { spec }, { trusted: true }).outcome).toBe('injected');
    expect(paste(careless, { spec }).outcome).toBe('failed');
  });

  it.each([
    ['a value of the environment', '(index .Env 0).Value', { env: [{ name: 'A', value: evil }] }],
    ['a port', '(index .Ports 0).Name', { ports: [{ name: evil, containerPort: 1 }] }],
    ['an address', '(index .Ports 0).HostIP', { ports: [{ containerPort: 1, hostIP: evil }] }],
    ['a directory', '.WorkingDir', { workingDir: evil }],
  ])('is refused in %s of a container', (_what, read, container) => {
    const careless = withField(`"{{ with index .Spec.Containers 0 }}{{ ${read} }}{{ end }}"`);
    expect(paste(careless, { container }, { trusted: true }).outcome).toBe('injected');
    expect(paste(careless, { container }).outcome).toBe('failed');
  });

  it('is refused alike by an injector that has learnt from harmless pods', () => {
    const inject = injectorOf(withField(`"{{ ${readNote} }}"`));
    for (let at = 0; at < 20; at++) {
      expect(inject({ annotations: { [note]: `x${at}` } }).outcome).toBe('injected');
    }
    for (const [, value] of attempts) {
      const result = inject({ annotations: { [note]: value } });
      if (result.outcome === 'injected') {
        expect(shapeOf(proxyOf(result))).toEqual(
          shapeOf(proxyOf(inject({ annotations: { [note]: 'x' } }))),
        );
      } else expect(result).toMatchObject({ error: { subject: note } });
    }
  });

  it.each([
    ['text in template language', '{{ .Values.secret }}'],
    ['an action that does not end', '{{ range'],
    ['a comment of a template', '{{/* x */}}'],
  ])('is never run as a template: %s', (_what, value) => {
    const template = withField(`{{ ${readNote} | quote }}`);
    const result = paste(template, { annotations: { [note]: value } });
    expect(proxyOf(result)?.['workingDir']).toBe(value);
  });

  it.each([
    ['aliases that multiply', aliases(20)],
    ['very deep lists', '['.repeat(100_000)],
    ['very deep mappings', '{a: '.repeat(20_000)],
    ['very deep block lists', '- '.repeat(10_000)],
    [
      'an unending indentation',
      `${Array.from({ length: 700 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}`,
    ],
    ['a huge exponent', '1e999999999'],
    ['a huge number', '9'.repeat(100_000)],
    ['a number of sixties', `${'59:'.repeat(1000)}59`],
    ['a long gap behind a line break', `x\ny${' '.repeat(200_000)}z`],
    ['very many colons', 'a: '.repeat(20_000)],
    ['very many quotes', `"'`.repeat(20_000)],
  ])('never keeps the injector busy, or breaks it: %s', (_what, value) => {
    for (const [, yaml] of careless) {
      const result = paste(withField(yaml), { annotations: { [note]: value } });
      if (result.outcome === 'failed') {
        expect(result.error).toMatchObject({ stage: 'template', subject: note });
      }
    }
  });
});

describe('untrusted text that a function takes apart', () => {
  it('is refused when it was disguised as base64', () => {
    const template = withField(`{{ ${readNote} | b64dec }}`);
    const encoded = Buffer.from('x\n    stdin: true').toString('base64');
    expect(paste(template, { annotations: { [note]: encoded } }).outcome).toBe('failed');
    const harmless = Buffer.from('hello').toString('base64');
    expect(paste(template, { annotations: { [note]: harmless } }).outcome).toBe('injected');
  });

  it.each([
    ['a string of the JSON', '{"a": "\\"\\n    stdin: true\\n    tty: \\"x"}'],
    ['a key of the JSON', '{"\\"\\n    stdin: true\\n    tty: \\"x": "a"}'],
  ])('is refused when %s gets out of its place', (_what, value) => {
    const template = withField(
      `x\n    env:\n    {{- range $k, $v := fromJSON (${readNote}) }}\n    - name: "{{ $k }}"\n      value: "{{ $v }}"\n    {{- end }}`,
    );
    expect(paste(template, { annotations: { [note]: '{"a": "x y"}' } }).outcome).toBe('injected');
    expect(paste(template, { annotations: { [note]: value } })).toMatchObject({
      outcome: 'failed',
      error: { subject: note },
    });
  });

  it('is structure where JSON is asked for, but no directive of the merge', () => {
    const template = withField(`x\n    resources: {{ fromJSON (${readNote}) | toJson }}`);
    const limits = { limits: { cpu: '1' }, requests: { 'example.com/gpu': '2' } };
    const fine = paste(template, { annotations: { [note]: JSON.stringify(limits) } });
    expect(proxyOf(fine)?.['resources']).toEqual(limits);
    const directive = paste(template, { annotations: { [note]: '{"$patch": "replace"}' } });
    expect(directive).toMatchObject({ outcome: 'failed', error: { subject: note } });
  });
});
