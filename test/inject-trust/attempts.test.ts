import { describe, expect, it } from 'vitest';
import { note, paste, proxyOf, readNote, shapeOf, withField } from './paste.ts';

/** Annotation values that got out of their place in one template or another. */
const attempts: readonly (readonly [name: string, value: string])[] = [
  ['a double quote and a field', '"\n    privileged: true\n    x: "'],
  ['a single quote and a field', "'\n    privileged: true\n    x: '"],
  ['a line break and a field', 'x\n    stdin: true'],
  ['a carriage return and a field', 'x\r    stdin: true'],
  ['a next-line character', 'x\u0085    stdin: true'],
  ['a line separator', 'x\u2028    stdin: true'],
  ['a paragraph separator', 'x\u2029    stdin: true'],
  ['a tab and a mapping', 'x:\ttrue'],
  ['an anchor and an alias', '&a [*a]'],
  ['an alias to an anchor of the template', '*first'],
  ['a comment that cuts off the rest', 'x # '],
  ['a flow mapping', '{stdin: true}'],
  ['a flow list', '[a, b]'],
  ['the end of a flow collection', 'x], stdin: [true'],
  ['one more flow element', 'x, y'],
  ['one more flow member', 'x, stdin: true'],
  ['a document separator', 'x\n---\nspec: {}'],
  ['a document end', 'x\n...\n'],
  ['a directive', '\n%YAML 1.1\n---\nx'],
  ['a tag', '!!binary aGk='],
  ['a tag that makes a set', '!!set {a, b}'],
  ['a block scalar', '|\n      x'],
  ['a folded scalar', '>-\n      x'],
  ['a complex key', '? x\n    : y'],
  ['a list element', 'x\n    - y'],
  ['a nested list', '- x'],
  ['a mapping', 'stdin: true'],
  ['a merge key', '<<: {stdin: true}'],
  ['an escaped quote', '\\"\n    stdin: true\n    x: \\"'],
  ['a backslash that escapes the closing quote', 'x\\'],
  ['a byte order mark', '\ufeffstdin: true'],
  ['a null byte', 'x\0\n    stdin: true'],
  ['a very long value with a quote at its end', `${'x'.repeat(200_000)}"\n    stdin: true`],
  ['very many line breaks', `${'\n    a: b'.repeat(20_000)}`],
];

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
