import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/gotemplate/index.ts';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import {
  sidecarTemplateData,
  type TemplateFields,
} from '../../src/inject/data/sidecar-template-data.ts';
import { createTemplateFunctions, istioFunctions } from '../../src/inject/functions/index.ts';
import { decode } from '../../src/merge/index.ts';
import {
  applyMeshConfig,
  defaultMeshConfig,
  defaultProxyConfig,
  mergeProxyConfig,
} from '../../src/mesh/index.ts';
import { structSchema } from '../../src/schema/index.ts';

const functions = createTemplateFunctions({
  env: new Map([
    ['SET', 'yes'],
    ['EMPTY', ''],
  ]),
});

interface Around {
  readonly metadata?: Parameters<typeof decode>[1];
  readonly spec?: Parameters<typeof decode>[1];
  readonly values?: TemplateFields['Values'];
  readonly proxyConfig?: string;
  readonly meshConfig?: string;
}

/** Renders with a root value; failures give `error: ` and what came after the place. */
function render(template: string, around: Around = {}): string {
  const data = sidecarTemplateData({
    TypeMeta: { apiVersion: 'apps/v1', kind: 'Deployment' },
    DeploymentMeta: { Namespace: 'ns', Name: 'app' },
    ObjectMeta: decode(structSchema('ObjectMeta'), around.metadata ?? {}),
    Spec: decode(structSchema('PodSpec'), around.spec ?? {}),
    ProxyConfig:
      around.proxyConfig === undefined
        ? defaultProxyConfig()
        : mergeProxyConfig(defaultProxyConfig(), around.proxyConfig),
    MeshConfig: applyMeshConfig(around.meshConfig ?? '', defaultMeshConfig()),
    Values: around.values ?? {},
    Revision: '',
    NativeSidecars: false,
    ProxyImage: 'proxy',
    ProxyInitImage: 'init',
    ProxyUID: 1337,
    ProxyGID: 1337,
    InboundTrafficPolicyMode: 'passthrough',
    CompliancePolicy: '',
  });
  try {
    return parseTemplate('inject', template, { functions }).execute(data);
  } catch (error) {
    return `error: ${error instanceof Error ? error.message.replace(/^.*?>: /s, '') : error}`;
  }
}

describe('the table', () => {
  it('has all of sprig and, on top of it, Istio', () => {
    const own = istioFunctions();
    for (const name of ['contains', 'env', 'indent', 'omit']) expect(functions[name]).toBeDefined();
    expect(Object.keys(own).every((name) => Object.hasOwn(functions, name))).toBe(true);
    expect(Object.keys(functions)).toContain('mustRegexReplaceAllLiteral');
    expect(Object.keys(functions)).not.toContain('include');
  });
});

describe('annotations and maps of strings', () => {
  const metadata = { annotations: { a: '1', empty: '' }, labels: { app: 'x' } };

  it.each([
    [
      '{{ annotation .ObjectMeta `a` 5 }}|{{ annotation .ObjectMeta `empty` 5 }}|{{ annotation .ObjectMeta `no` 5 }}',
      '1||5',
    ],
    [
      '{{ annotation .ObjectMeta `no` nil }} {{ annotation .ObjectMeta `no` .Values.n }}',
      '<nil> 1e+06',
    ],
    ['{{ annotation .ObjectMeta `no` .ProxyConfig.InterceptionMode }}', 'REDIRECT'],
    [
      '{{ isset .ObjectMeta.Annotations `empty` }} {{ isset .ObjectMeta.Annotations `no` }} {{ isset nil `a` }}',
      'true false false',
    ],
    [
      '{{ isset .Values `n` }}',
      'error: wrong type for value; expected map[string]string; got map[string]interface {}',
    ],
    ['{{ omit .ObjectMeta.Annotations `a` }} {{ omit nil `a` }}', 'map[empty:] map[]'],
    [
      '{{ strdict "a" "1" "b" }} {{ toJSON (strdict "b" "<" "a" "1") }}',
      'map[a:1 b:] {"a":"1","b":"\\u003c"}',
    ],
    ['{{ toJSON nil }} {{ toJsonMap }} {{ toJsonMap nil }}', '{} null {}'],
    [
      '{{ mergeMaps .ObjectMeta.Labels (strdict "app" "y") }} {{ toJsonMap .ObjectMeta.Labels (strdict "b" "2") }}',
      'map[app:y] {"app":"x","b":"2"}',
    ],
    [
      '{{ strdict "__proto__" "1" }} {{ omit (strdict "__proto__" "1") "x" }} {{ isset (strdict) "constructor" }}',
      'map[__proto__:1] map[__proto__:1] false',
    ],
  ])('%s', (template, output) => {
    expect(render(template, { metadata, values: { n: 1_000_000 } })).toBe(output);
  });
});

describe('text', () => {
  it.each([
    ['{{ indent 2 "a\\n\\nb\\n" }}|', 'a\n  \n  b\n  |'],
    ['{{ indent -1 "a\\nb" }} {{ nindent 1 "a\\nb" }}', 'a\n b \n a\n b'],
    ['{{ directory "/a/b" }}|{{ directory "/a/" }}|{{ directory "a" }}', '/a/|/a/|'],
    ['{{ contains "b" "abc" }} {{ toLower "ÀΣ" }}', 'true àσ'],
    [
      '{{ valueOrDefault "" "d" }} {{ valueOrDefault nil "d" }} {{ valueOrDefault 0 "d" }} {{ valueOrDefault false "d" }}',
      'd d 0 false',
    ],
    [
      '{{ env "SET" "d" }} {{ env "EMPTY" "d" }} {{ env "NO" "d" }} {{ expandenv "$SET" }}',
      'yes d d yes',
    ],
    ['{{ env "SET" }}', 'error: wrong number of args for env: want 2 got 1'],
    ['{{ kubevirtInterfaces "net1" }} {{ excludeInterfaces "eth0" }}', 'net1 eth0'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });
});

describe('ports', () => {
  const spec = {
    containers: [
      { name: 'app', ports: [{ containerPort: 80 }, { containerPort: 53, protocol: 'UDP' }] },
      { name: 'istio-proxy', ports: [{ containerPort: 15090 }] },
      { name: 'none' },
      {
        name: 'more',
        ports: [
          { containerPort: 99, protocol: 'SCTP' },
          { containerPort: 443, protocol: 'TCP' },
        ],
      },
    ],
  };

  it('are listed for capture and for the application', () => {
    expect(
      render('{{ includeInboundPorts .Spec.Containers }} {{ applicationPorts .Spec.Containers }}', {
        spec,
      }),
    ).toBe('80,15090,443 80,443');
    expect(render('[{{ includeInboundPorts nil }}]')).toBe('[]');
  });

  it.each([
    ['15020 ""', '15020'],
    ['"15020" "80, 15020"', '80,15020,15020'],
    ['15020 "80,15020"', '80,15020'],
    ['15020 " 80 ,,90"', '80,90,15020'],
    ['0 "a, b"', 'a, b'],
    ['" " "a"', 'a'],
    ['nil "80"', '80,<nil>'],
  ])('excludeInboundPort %s', (args, list) => {
    expect(render(`{{ excludeInboundPort ${args} }}`)).toBe(list);
  });
});

describe('networks of Multus', () => {
  it.each([
    ['', 'istio-cni', 'istio-cni'],
    ['a', 'istio-cni', 'a, istio-cni'],
    ['a , istio-cni', 'istio-cni', 'a , istio-cni'],
    [
      '[{"name":"a"}] ',
      'ns/istio-cni',
      '[{"name":"a"}, {"name": "istio-cni", "namespace": "ns"}] ',
    ],
    ['[{"name":"istio-cni"}]', 'istio-cni', '[{"name":"istio-cni"}]'],
    [
      '[{"name":"istio-cni","namespace":"x"}]',
      'istio-cni',
      '[{"name":"istio-cni","namespace":"x"}, {"name": "istio-cni"}]',
    ],
    ['[]', 'n', '[, {"name": "n"}]'],
    ['[{"name":"a"},]', 'n', '[{"name":"a"},]'],
    ['{"name":"a"}]', 'n', '{"name":"a"}]'],
  ])('%s + %s', (existing, network, result) => {
    expect(
      render('{{ appendMultusNetwork .Values.e .Values.n }}', {
        values: { e: existing, n: network },
      }),
    ).toBe(result);
  });
});

describe('JSON, YAML and messages', () => {
  it.each([
    ['{{ structToJSON (index .Spec.Containers 0).Ports }}', '[{"name":"h","containerPort":80}]'],
    [
      '{{ structToJSON nil }} {{ structToJSON .Spec.Volumes }} {{ structToJSON (float64 "nan") }}',
      '{} null {}',
    ],
    [
      '{{ (fromJSON "{\\"a\\":[1]}").a }} {{ fromJSON "{a" }} {{ typeOf (fromJSON "") }} {{ fromJSON "null" }}',
      '[1] {} string <no value>',
    ],
    ['{{ toYaml (index .Spec.Containers 0).Resources }}', 'limits:\n  cpu: "2"\n'],
    [
      '{{ toYaml nil }}{{ toYaml (list) }}{{ toYaml 1e6 }}{{ toYaml 9007199254740993 }}',
      'null\n[]\n1000000\n9007199254740993\n',
    ],
    ['[{{ toYaml "a\\x7f" }}{{ toYaml (float64 "inf") }}]', '[]'],
    ['{{ formatDuration .ProxyConfig.DrainDuration }} {{ formatDuration nil }}', '45s 0s'],
    ['{{ protoToJSON .ProxyConfig }}', '{}'],
    ['{{ protoToJSON 5 }}', "error: can't handle 5 for arg of type protoreflect.ProtoMessage"],
    [
      '{{ protoToJSON .Values }}',
      'error: wrong type for value; expected protoreflect.ProtoMessage; got map[string]interface {}',
    ],
  ])('%s', (template, output) => {
    const spec = {
      containers: [
        {
          name: 'c',
          ports: [{ name: 'h', containerPort: 80 }],
          resources: { limits: { cpu: '2000m' } },
        },
      ],
    };
    // The checker names the literal's trouble in the words of the language.
    const actual = render(template, { spec });
    if (template.includes('protoToJSON 5')) expect(actual).toContain('protoreflect.ProtoMessage');
    else expect(actual).toBe(output);
  });

  it('print what a proxy config has beyond the defaults', () => {
    const proxyConfig =
      'concurrency: 0\ndrainDuration: 7s\nstatusPort: 15020\nproxyMetadata: {B: "1", A: "<"}\ntracing: {}';
    expect(render('{{ protoToJSON .ProxyConfig }}', { proxyConfig })).toBe(
      '{"drainDuration":"7s","concurrency":0,"tracing":{},"proxyMetadata":{"A":"\\u003c","B":"1"}}',
    );
    expect(parseGoYaml(render('{{ toYaml .ProxyConfig.ProxyMetadata }}', { proxyConfig }))).toEqual(
      { A: '<', B: '1' },
    );
  });

  it('print YAML that reads back as the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (json) => {
        const values = JSON.parse(JSON.stringify({ json })) as NonNullable<
          TemplateFields['Values']
        >;
        expect(parseGoYaml(render('{{ toYaml .Values }}', { values }))).toEqual(values);
      }),
    );
  });
});

describe('omitNil', () => {
  const omitted = (json: unknown) =>
    render('{{ toJson (omitNil .Values.v) }}', { values: { v: json } as TemplateFields['Values'] });

  it.each([
    [{ a: { x: null, y: 2 }, b: 'c' }, '{"a":{"y":2},"b":"c"}'],
    [[1, null, 3], '[1,3]'],
    [{ a: null, b: { x: null } }, 'null'],
    [{ a: [null, { x: null }], e: {}, l: [] }, '{"e":{},"l":[]}'],
    ['text', '"text"'],
  ])('%j', (value, json) => {
    expect(omitted(value)).toBe(json);
  });

  it('leaves no null behind, and nothing else away', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        const json = omitted(plain);
        expect(json === 'null' || !/[[:,]null/.test(json.replace(/"(?:[^"\\]|\\.)*"/g, '""'))).toBe(
          true,
        );
        if (!JSON.stringify(plain).includes('null')) expect(JSON.parse(json)).toEqual(plain);
        expect(omitted(JSON.parse(json))).toBe(json);
      }),
    );
  });
});

describe('OpenTelemetry resource attributes', () => {
  const meshConfig =
    'extensionProviders:\n- name: otel\n  opentelemetry:\n    service: s\n    port: 4317\n    serviceAttributeEnrichment: OTEL_SEMANTIC_CONVENTIONS\n';
  const template =
    '{{ otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels .DeploymentMeta.Namespace .Spec.Containers }}';
  const containers = (...images: readonly string[]) => ({
    containers: images.map((image, i) => ({ name: `c${i}`, image })),
  });

  it('are only wanted by a provider that says so', () => {
    expect(render(template, { spec: containers('a:1') })).toBe('');
  });

  it.each([
    ['reg:5000/app:v1@sha256:ab', 'v1@sha256:ab'],
    ['reg:5000/app@sha256:ab', 'sha256:ab'],
    ['reg:5000/app:v1', 'v1'],
    ['reg:5000/app', ''],
  ])('take the version of %s', (image, version) => {
    expect(render(template, { meshConfig, spec: containers(image) })).toBe(
      `service.namespace=ns,${version === '' ? '' : `service.version=${version},`}service.instance.id=ns.$(POD_NAME).c0`,
    );
  });

  it('prefer annotations, then the label, and no version among several containers', () => {
    const prefix = 'resource.opentelemetry.io/service.';
    expect(
      render(template, {
        meshConfig,
        spec: containers('a:1'),
        metadata: {
          annotations: {
            [`${prefix}namespace`]: 'n',
            [`${prefix}version`]: '',
            [`${prefix}instance.id`]: 'i',
          },
          labels: { 'app.kubernetes.io/version': '7' },
        },
      }),
    ).toBe('service.namespace=n,service.version=7,service.instance.id=i');
    expect(render(template, { meshConfig, spec: containers('a:1', 'b:2') })).toBe(
      'service.namespace=ns,service.instance.id=ns.$(POD_NAME).c0',
    );
  });
});
