import { describe, expect, it } from 'vitest';
import { OutriggerError } from '../../src/errors.ts';
import { meshConfigMessage } from '../../src/mesh/descriptor/well-known-messages.ts';
import { applyMeshConfig, defaultMeshConfig, defaultProxyConfig } from '../../src/mesh/index.ts';
import { writeMessage } from '../../src/mesh/json/write-message.ts';

function failure(text: string): string {
  try {
    applyMeshConfig(text);
  } catch (error) {
    if (error instanceof OutriggerError && error.code === 'OUTRIGGER_MESH') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('the built-in mesh config', () => {
  it('is what upstream has built in', () => {
    expect(JSON.parse(writeMessage(meshConfigMessage, defaultMeshConfig()))).toEqual({
      proxyListenPort: 15001,
      proxyInboundListenPort: 15006,
      connectTimeout: '10s',
      protocolDetectionTimeout: '0s',
      ingressClass: 'istio',
      ingressService: 'istio-ingressgateway',
      ingressControllerMode: 'STRICT',
      enableTracing: true,
      defaultConfig: {
        configPath: './etc/istio/proxy',
        binaryPath: '/usr/local/bin/envoy',
        serviceCluster: 'istio-proxy',
        drainDuration: '45s',
        discoveryAddress: 'istiod.istio-system.svc:15012',
        proxyAdminPort: 15000,
        controlPlaneAuthPolicy: 'MUTUAL_TLS',
        statNameLength: 189,
        statusPort: 15020,
        terminationDrainDuration: '5s',
      },
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
      inboundTrafficPolicy: {},
      enableAutoMtls: true,
      trustDomain: 'cluster.local',
      defaultServiceExportTo: ['*'],
      defaultVirtualServiceExportTo: ['*'],
      defaultDestinationRuleExportTo: ['*'],
      rootNamespace: 'istio-system',
      localityLbSetting: { enabled: true },
      dnsRefreshRate: '60s',
      enablePrometheusMerge: true,
      extensionProviders: [
        { name: 'prometheus', prometheus: {} },
        { name: 'stackdriver', stackdriver: {} },
        { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
      ],
      defaultProviders: {},
    });
  });
});

describe('applyMeshConfig', () => {
  it.each(['', 'null', '# nothing', '{}'])('changes nothing for %j', (text) => {
    expect(applyMeshConfig(text)).toEqual(defaultMeshConfig());
  });

  it('replaces members wholesale, and null leaves them', () => {
    const mesh = applyMeshConfig(
      'localityLbSetting: {failoverPriority: [a]}\ndefaultServiceExportTo: []\ntrustDomain: null',
    );
    expect(mesh['localityLbSetting']).toEqual({ failoverPriority: ['a'] });
    expect(mesh['defaultServiceExportTo']).toBeUndefined();
    expect(mesh.trustDomain).toBe('cluster.local');
  });

  it('lets an explicit false override a default of true', () => {
    const mesh = applyMeshConfig('enablePrometheusMerge: false\nenableTracing: false');
    expect(mesh.enablePrometheusMerge).toBe(false);
    expect(mesh['enableTracing']).toBeUndefined();
  });

  it('merges the proxy config directly', () => {
    const base = applyMeshConfig(
      'defaultConfig: {proxyMetadata: {A: a}, interceptionMode: TPROXY}',
    );
    const mesh = applyMeshConfig(
      'defaultConfig: {proxyMetadata: {B: b}, interceptionMode: REDIRECT, statusPort: 1}',
      base,
    );
    expect(mesh.defaultConfig).toEqual({
      ...defaultProxyConfig(),
      proxyMetadata: { A: 'a', B: 'b' },
      statusPort: 1,
    });
  });

  it('looks for the proxy config by its JSON name only, though it checks the other spelling', () => {
    expect(applyMeshConfig('default_config: {statusPort: 1}').defaultConfig?.statusPort).toBe(
      15020,
    );
    expect(failure('default_config: {statusPort: x}')).toMatch(/^failed to convert to proto\. /);
  });

  it('lays the default providers over the base', () => {
    const base = applyMeshConfig('defaultProviders: {metrics: [prometheus]}');
    expect(applyMeshConfig('defaultProviders: {tracing: [t]}', base).defaultProviders).toEqual({
      metrics: ['prometheus'],
      tracing: ['t'],
    });
  });

  it('replaces a provider of the same name in place and appends others', () => {
    const { extensionProviders } = applyMeshConfig(
      'extensionProviders: [{name: new, zipkin: {service: z}}, {name: stackdriver, zipkin: {service: other}}]',
    );
    expect(extensionProviders).toEqual([
      { name: 'prometheus', prometheus: {} },
      { name: 'stackdriver', zipkin: { service: 'other' } },
      { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
      { name: 'new', zipkin: { service: 'z' } },
    ]);
    expect(applyMeshConfig('extensionProviders: []').extensionProviders).toHaveLength(3);
  });

  it('unites trust domain aliases, sorted and once each', () => {
    const base = applyMeshConfig('trustDomainAliases: [c, a]');
    expect(applyMeshConfig('trustDomainAliases: [b, a]', base).trustDomainAliases).toEqual([
      'a',
      'b',
      'c',
    ]);
    expect(applyMeshConfig('trustDomainAliases: []', base).trustDomainAliases).toEqual(['a', 'c']);
  });

  it('does not change its base', () => {
    const base = applyMeshConfig('trustDomainAliases: [a]');
    const before = structuredClone(base);
    applyMeshConfig('trustDomainAliases: [b]\ndefaultConfig: {statusPort: 3}', base);
    expect(base).toEqual(before);
  });

  it.each([
    ['a: [', /^failed to convert to proto\. yaml: /],
    ['5', /^failed to convert to proto\. json: cannot unmarshal number into Go value of type map/],
    ['trustDomain: 5', /^failed to convert to proto\. .*\(at trustDomain\)$/],
    ['h2UpgradePolicy: MAYBE', /^failed to convert to proto\. unknown value/],
    [
      'proxyListenPort: 0',
      /^invalid proxy listen port: port number 0 must be in the range 1\.\.65535$/,
    ],
    ['connectTimeout: 1us', /^invalid connect timeout: duration must be greater than 1ms$/],
    ['connectTimeout: 1500us', /^invalid connect timeout: only durations to ms precision/],
    ['connectTimeout: 2h', /^invalid connect timeout: time 2h0m0s must be >1ms and <1h0m0s$/],
    ['protocolDetectionTimeout: 1us', /^invalid protocol detection timeout: only durations/],
    ['trustDomain: ""', /^1 error occurred:\n\t\* trustDomain: empty domain name not allowed\n\n$/],
    [
      'trustDomainAliases: [a_b]',
      /trustDomainAliases\[0\], domain `a_b` : trust domain name "a_b" invalid/,
    ],
    [
      'defaultConfig: {statusPort: 0}',
      /^1 error occurred:\n\t\* invalid status port: port number 0/,
    ],
    [
      'serviceSettings: [{hosts: [ok.com, "*.ok.com", a_b.com]}]',
      /serviceSettings\[0\], host `a_b\.com`: domain name "a_b\.com" invalid \(label "a_b" invalid\)/,
    ],
    ['meshMTLS: {ecdhCurves: [P-256]}', /mesh TLS does not support ECDH curves configuration/],
    [
      'localityLbSetting: {distribute: [{from: a}], failover: [{from: a, to: b}]}',
      /^can not simultaneously specify 'distribute' and 'failover'$/,
    ],
    [
      'localityLbSetting: {failover: [{from: a, to: a}]}',
      /^locality lb failover settings must specify different regions$/,
    ],
    [
      'localityLbSetting: {failover: [{from: a, to: b/c}]}',
      /^locality lb failover only specify region$/,
    ],
    ['localityLbSetting: {failover: [{from: a, to: "*"}]}', /should not contain '\*' wildcard$/],
    [
      'localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/zone]}',
      /topology label 'topology\.kubernetes\.io\/zone'/,
    ],
    [
      'localityLbSetting: {distribute: [{from: a/b/*, to: {c/*: 50}}]}',
      /^total locality weight 50 != 100$/,
    ],
    [
      'localityLbSetting: {distribute: [{from: a, to: {c: 0}}]}',
      /^locality weight must be in range \[1, 100\]$/,
    ],
    [
      'localityLbSetting: {distribute: [{from: a/*, to: {c: 100}}, {from: a/b, to: {c: 100}}]}',
      /^locality a\/b overlap with previous specified ones$/,
    ],
    [
      'localityLbSetting: {distribute: [{from: a//b, to: {c: 100}}]}',
      /must not contain empty region\/zone\/subzone info$/,
    ],
    [
      'localityLbSetting: {distribute: [{from: "*/a", to: {c: 100}}]}',
      /wildcard '\*' number can not exceed 1/,
    ],
  ])('refuses %s', (text, message) => {
    expect(failure(text)).toMatch(message);
  });

  it('accepts localities that only look alike', () => {
    expect(
      failure(
        'localityLbSetting: {distribute: [{from: a/b/c, to: {x: 100}}, {from: a/b/d, to: {x: 100}}, {from: a/*, to: {x: 100}}]}',
      ),
    ).toBe('accepted');
  });

  it('puts several failures into one list', () => {
    expect(failure('proxyListenPort: 0\ntrustDomain: ""\ndefaultConfig: {proxyAdminPort: 0}')).toBe(
      '3 errors occurred:\n' +
        '\t* invalid proxy listen port: port number 0 must be in the range 1..65535\n' +
        '\t* invalid proxy admin port: port number 0 must be in the range 1..65535\n' +
        '\t* trustDomain: empty domain name not allowed\n\n',
    );
  });

  it('misses a proxy config that is not there', () => {
    const { defaultConfig: _, ...base } = defaultMeshConfig();
    expect(() => applyMeshConfig('', base)).toThrow('missing default config');
  });
});
