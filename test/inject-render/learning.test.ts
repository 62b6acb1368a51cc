import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embeddedConfiguration } from '../../src/embedded/load.ts';
import { buildConfiguration } from '../../src/inject/config/build-configuration.ts';
import type { InjectionConfiguration } from '../../src/inject/config/injection-configuration.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { createInjector } from '../../src/inject/injector.ts';
import type { JsonObject } from '../../src/json.ts';
import { applyMeshConfig } from '../../src/mesh/index.ts';

/** Every place where a template can paste text: each of these annotations goes to one of them. */
const places = `
{{- $a := .ObjectMeta.Annotations -}}
metadata:
  annotations: {flow: "{{ index $a "flow" }}", other: {{ index $a "other" | quote }}{{ with index $a "bare" }}, bare: {{ . }}{{ end }}}
  labels:
    {{- with index $a "key" }}
    "{{ . }}": value
    {{- end }}
    plain: x-{{ index $a "plain" }}-y # {{ index $a "comment" }}
spec:
  initContainers:
  - name: istio-init
    image: "{{ index $a "image" }}"
    args: ["-a", {{ index $a "flow" | quote }}]
    resources:
    volumeMounts:
    - mountPath: /{{ index $a "path" }}
      name: data
  containers:
  - name: istio-proxy
    image: '{{ index $a "single" }}'
    args:
    - --flag={{ index $a "flag" }}
    {{- with index $a "plain" }}
    - {{ . }}
    {{- end }}
    - {{ index $a "image" | quote }}
    env:
    - name: LITERAL
      value: |
        {{ index $a "literal" }}
        and {{ index $a "inside" }}.
    {{- with index $a "folded" }}
    - name: FOLDED
      value: >-
        {{ . }}
    {{- end }}
    {{- with index $a "name" }}
    - name: {{ quote . }}
      value: {{ printf "%s/%s" (index $a "plain") (index $a "image") | quote }}
    {{- end }}
    - name: ZERO
      value: "{{ index $a "inside" }}"
    {{- range .Spec.Containers }}
    - name: P_{{ .Name }}
      value: {{ range .Ports }}{{ .ContainerPort }},{{ end }}
    {{- end }}
    {{- with index $a "cpu" }}
    resources:
      limits: {cpu: {{ quote . }}}
    {{- end }}
    ports:
    - containerPort: {{ index $a "port" | default "15090" }}
    volumeMounts:
    - name: data
      mountPath: /data
      subPath: {{ index $a "path" | quote }}
  {{- with index $a "volume" }}
  volumes:
  - name: data
    hostPath:
      path: {{ . }}
  {{- end }}
`;

const names = [...new Set([...places.matchAll(/index \$a "(\w+)"/g)].map(([, name = '']) => name))];

const calm = fc.constantFrom('', 'a', 'b-c', 'v1.2', '/x/y', 'k:v');
const odd = fc.constantFrom(
  ...[
    '1',
    'true',
    'null',
    '~',
    '1e3',
    '0x1f',
    '<<',
    '.5',
    '-',
    '-x',
    '@x',
    'a b',
    ' a',
    'a ',
    'a: b',
  ],
  ...[
    'a #b',
    '#',
    'a"b',
    '"a"',
    '""',
    "'",
    'a\\nb',
    'a\nb',
    'a\n',
    '{',
    '}',
    '[x]',
    'a,b',
    '- a',
    '|',
  ],
  ...[
    '\t',
    '\u0085',
    '\u2028',
    'é',
    '😀',
    '\ud800',
    '\0',
    '\ufeff',
    '", "x": "',
    '"\nx: "y',
    '---',
    '$(A)',
  ],
);
const text = fc.oneof({ weight: 5, arbitrary: calm }, { weight: 1, arbitrary: odd });
/** Which annotations a pod has: few enough ways that pods take the same one time and again. */
const shape = fc.oneof(
  fc.constantFrom(...names.map((name) => [name])),
  fc.constantFrom(['plain', 'image', 'path'], ['flag', 'inside', 'literal'], names),
);
const annotations = fc
  .tuple(shape, fc.array(text, { minLength: names.length, maxLength: names.length }))
  .map(
    ([chosen, texts]): JsonObject =>
      Object.fromEntries(chosen.map((name, at) => [name, texts[at] ?? ''])),
  );
const container = fc.record({
  name: fc.constantFrom('app', 'other', 'istio-proxy'),
  image: fc.constantFrom('app:1', 'auto'),
  ports: fc.array(fc.record({ containerPort: fc.integer({ min: 1, max: 9 }) }), { maxLength: 2 }),
  env: fc.constantFrom<JsonObject[]>([], [{ name: 'ZERO', value: 'mine' }]),
});
const pod = fc.record({
  metadata: fc.record({ annotations, labels: fc.constantFrom<JsonObject>({}, { app: 'x' }) }),
  spec: fc.record({
    containers: fc.uniqueArray(container, {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 2,
    }),
    volumes: fc.constantFrom<JsonObject[]>([], [{ name: 'data', emptyDir: {} }]),
  }),
});

function configuration(config: string, trusting: boolean): InjectionConfiguration {
  const environment = new Map<string, string>();
  const { values, mesh } = embeddedConfiguration();
  return buildConfiguration({
    config,
    values,
    mesh: applyMeshConfig(mesh),
    hash: '',
    functions: createTemplateFunctions({ env: environment }),
    revision: '',
    nativeSidecars: false,
    compliancePolicy: '',
    platform: '',
    trust: { environment, annotations: trusting },
  });
}

describe('an injector that has learnt from other pods', () => {
  const own = JSON.stringify({
    policy: 'enabled',
    defaultTemplates: ['t'],
    templates: { t: places },
  });

  it.each([
    ['untrusted text', own, false, 120],
    ['trusted text', own, true, 60],
    ['the embedded templates', embeddedConfiguration().config, false, 25],
  ])('gives the same answers as one that has not: %s', (_, config, trusting, numRuns) => {
    const compiled = configuration(config, trusting);
    const learner = createInjector(compiled);
    const plain = createInjector(compiled, 'webhook', { learn: false });
    // The learner sees calm pods in between, as the odd ones teach it little.
    const calmPods = fc.sample(pod, { numRuns: 60, seed: 1 });
    for (const one of calmPods) learner.inject({ pod: one, namespace: 'x' });
    fc.assert(
      fc.property(pod, (one) => {
        const request = { pod: one as unknown as JsonObject, namespace: 'x' };
        const expected = JSON.stringify(plain.inject(request));
        for (let round = 0; round < 3; round++) {
          expect(JSON.stringify(learner.inject(request))).toBe(expected);
        }
      }),
      { numRuns },
    );
  });
});
