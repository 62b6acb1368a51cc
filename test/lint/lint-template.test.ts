import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { parseInjectorConfig } from '../../src/inject/config/parse-injector-config.ts';
import { inShort, lint } from './lint.ts';

const { templates } = parseInjectorConfig(embeddedConfiguration().config);

const proxy = `spec:
  containers:
  - name: istio-proxy
    image: {{ quote .ProxyImage }}
`;

describe('lint', () => {
  it.each([...templates])('finds nothing in the built-in template %s', (_name, text) => {
    expect(lint(text)).toEqual([]);
  });

  it('finds nothing in an empty template, or one that says little', () => {
    expect(lint('')).toEqual([]);
    expect(lint(proxy)).toEqual([]);
  });

  /** A mistake, and the place and rule that it is found by. */
  const planted: readonly (readonly [mistake: string, text: string, found: string])[] = [
    ['an action that does not end', `${proxy}    tty: {{ true\n`, '6:1 parse-error'],
    ['a block that does not end', `{{ if true }}\n${proxy}`, '6:1 parse-error'],
    ['an unknown function', `${proxy}    tty: {{ nosuch }}\n`, '5:13 parse-error'],
    [
      'a misspelled value',
      `${proxy}    tty: {{ .Values.global.proxy.privilegd }}\n`,
      '5:13 unknown-value',
    ],
    [
      'a misspelled value through a variable',
      `{{ $g := .Values.global }}\n${proxy}    tty: {{ $g.proxi.privileged }}\n`,
      '6:13 unknown-value',
    ],
    [
      'a misspelled value in a branch that is never taken',
      `{{ if false }}{{ .Values.pilot.cnii }}{{ end }}`,
      '1:18 unknown-value',
    ],
    [
      'a misspelled field of the root',
      `${proxy}    tty: {{ .ObjectMetta.Name }}\n`,
      '5:13 unknown-field',
    ],
    [
      'a misspelled field of a container',
      `{{ range .Spec.Containers }}{{ .Nam }}{{ end }}`,
      '1:32 unknown-field',
    ],
    [
      'a field that pods do not have',
      `${proxy}    imagePulPolicy: Always\n`,
      '5:5 unknown-pod-field',
    ],
    ['a field at the wrong depth', 'metadata:\n  containers: []\n', '2:3 unknown-pod-field'],
    [
      'a field of a struct within a list',
      'spec:\n  volumes:\n  - name: a\n    emptyDirr: {}\n',
      '4:5 unknown-pod-field',
    ],
    ['a duplicate key', `${proxy}    tty: true\n    tty: false\n`, '6:5 duplicate-key'],
    ['a duplicate label', 'metadata:\n  labels:\n    a: "1"\n    a: "2"\n', '4:5 duplicate-key'],
    [
      'a duplicate key that a branch adds',
      `${proxy}{{ if .NativeSidecars }}    image: other\n{{ end }}`,
      '5:29 duplicate-key',
    ],
    ['bad indentation', `${proxy}   tty: true\n`, '5:4 invalid-yaml'],
    ['a number for a string', 'metadata:\n  labels:\n    a: {{ 1 }}\n', '3:5 invalid-overlay'],
    ['a list for a mapping', 'spec: []\n', '1:1 invalid-overlay'],
    [
      'a function that fails',
      'metadata:\n  name: {{ index .Spec.Containers 7 }}\n',
      '2:12 execution-error',
    ],
    ['a template that is not defined', '{{ template "nosuch" . }}', '1:13 undefined-template'],
    ['a template that is not used', '{{ define "spare" }}x{{ end }}', '1:1 unused-template'],
    [
      'an annotation without quotes',
      `${proxy}    workingDir: {{ index .ObjectMeta.Annotations "a/b" }}\n`,
      '5:17 text-becomes-structure',
    ],
    [
      'an annotation between bare quotes',
      `${proxy}    workingDir: "{{ annotation .ObjectMeta "a/b" "x" }}"\n`,
      '5:18 text-becomes-structure',
    ],
    [
      'an annotation between single quotes',
      `${proxy}    workingDir: '{{ index .ObjectMeta.Annotations "a/b" }}'\n`,
      '5:18 text-becomes-structure',
    ],
    [
      'a label in a flow list',
      `${proxy}    args: [a, {{ index .ObjectMeta.Labels "app" | default "x" }}, b]\n`,
      '5:15 text-becomes-structure',
    ],
    [
      'the strings of an annotation with JSON',
      `${proxy}    env:\n    {{- range $k, $v := fromJSON (annotation .ObjectMeta "a/b" "{}") }}\n    - name: "{{ $k }}"\n      value: {{ quote $v }}\n    {{- end }}\n`,
      '7:14 text-becomes-structure',
    ],
    [
      'proxy metadata between bare quotes',
      `${proxy}    env:\n    - name: A\n      value: "{{ range .ProxyConfig.ProxyMetadata }}{{ . }}{{ end }}"\n`,
      '7:15 text-becomes-structure',
    ],
    [
      'the computed image between bare quotes',
      `${proxy}    image: "{{ .ProxyImage }}"\n`.replace(
        '    image: {{ quote .ProxyImage }}\n',
        '',
      ),
      '4:13 text-becomes-structure',
    ],
  ];

  it.each(planted)('finds %s, and nothing that has another cause', (_mistake, text, found) => {
    const all = inShort(lint(text));
    expect(all).toContain(found);
    const [line] = found.split(':');
    for (const other of all) expect(other.split(':')[0]).toBe(line);
  });

  it('says what may be meant, and for which pod', () => {
    const value = lint(`${proxy}    tty: {{ .Values.global.proxy.privilegd }}\n`).find(
      ({ rule }) => rule === 'unknown-value',
    );
    expect(value?.message).toBe(
      'no value global.proxy.privilegd is known; did you mean global.proxy.privileged?',
    );
    const [field] = lint(`${proxy}    imagePulPolicy: Always\n`);
    expect(field?.message).toBe(
      'spec.containers[] has no field imagePulPolicy; did you mean imagePullPolicy? (for a pod with nothing but a container)',
    );
  });

  it('counts columns in characters, also behind others than ASCII', () => {
    expect(inShort(lint('# é 漢字 😀\nspec: # é\n  nodeNaem: é\n'))).toEqual([
      '3:3 unknown-pod-field',
    ]);
    expect(inShort(lint(`${proxy}    tty: {{/* 漢字 */}}{{ .Values.nosuch }}\n`))).toContain(
      '5:25 unknown-value',
    );
  });

  it('says in one sentence that a template is not for pods', () => {
    const text = 'metadata: {name: {{ .DeploymentName }}, labels: {a: {{ .GatewayClass }}}}\n';
    expect(lint(text)).toMatchObject([{ rule: 'not-for-pods', severity: 'warning' }]);
  });

  it('knows what a template says that quotes what it pastes', () => {
    const text = `${proxy}    workingDir: {{ index .ObjectMeta.Annotations "a/b" | quote }}
    args: {{ list (index .ObjectMeta.Labels "app") "b" | toJson }}
    env:
    {{- range $k, $v := fromJSON (annotation .ObjectMeta "c/d" "{}") }}
    - name: {{ quote $k }}
      value: {{ toJson $v | quote }}
    {{- end }}
`;
    expect(lint(text)).toEqual([]);
  });
});
