import { describe, expect, it } from 'vitest';
import { validateProxyConfigAnnotation } from '../../src/mesh/index.ts';

describe('a proxy config annotation that is fine', () => {
  it.each([
    '',
    'null',
    'concurrency: -1',
    'interceptionMode: 77',
    'bogus: {deep: 1}',
    'discoveryAddress: istiod.istio-system.svc.:15012',
    'discoveryAddress: "[::1]:15012"',
    'discoveryAddress: "[fe80::1%eth0]:15012"',
    'discoveryAddress: 10.0.0.1:+80',
    'tracing: {zipkin: {address: "$(HOST_IP):9411"}}',
    'tracing: {datadog: {address: "$(HOST_IP):8126"}}',
    'tracing: {lightstep: {address: "a:1", accessToken: t}}',
    'tracing: {tlsSettings: {mode: MUTUAL, credentialName: c}}',
    'tracing: {tlsSettings: {mode: SIMPLE, caCertificates: f}}',
    'controlPlaneAuthPolicy: NONE',
    'serviceCluster: ""\ntracingServiceName: CANONICAL_NAME_ONLY',
    'privateKeyProvider: {qat: {pollDelay: 1ms}}',
    'connectionSettings: {httpIdleTimeout: 0s, httpMaxConcurrentStreams: 1, http2InitialStreamWindowSize: 65535}',
    'connectionSettings: {}',
  ])('%s', (text) => {
    expect(validateProxyConfigAnnotation(text)).toEqual([]);
  });
});

describe('a proxy config annotation that is wrong', () => {
  const tls = 'invalid tracing TLS config: ';
  const keys = 'invalid private key provider configuration: ';
  const connection = 'invalid connection settings: ';
  it.each([
    ['configPath: ""', ['config path must be set']],
    ['binaryPath: ""', ['binary path must be set']],
    ['serviceCluster: ""', ['service cluster must be specified']],
    ['drainDuration: 1us', ['invalid drain duration: duration must be greater than 1ms']],
    ['drainDuration: -1s', ['invalid drain duration: duration must be greater than 1ms']],
    [
      'drainDuration: 1500us',
      ['invalid drain duration: only durations to ms precision are supported'],
    ],
    ['drainDuration: 1500ms', ['drain time only supports durations to seconds precision']],
    ['discoveryAddress: ""', ['discovery address must be set to the proxy discovery service']],
    [
      'discoveryAddress: a',
      ['invalid discovery address: unable to split "a": address a: missing port in address'],
    ],
    [
      'discoveryAddress: "::1:5"',
      [
        'invalid discovery address: unable to split "::1:5": address ::1:5: too many colons in address',
      ],
    ],
    [
      'discoveryAddress: "[::1"',
      ['invalid discovery address: unable to split "[::1": address [::1: missing \']\' in address'],
    ],
    [
      'discoveryAddress: "[::1]"',
      [
        'invalid discovery address: unable to split "[::1]": address [::1]: missing port in address',
      ],
    ],
    [
      'discoveryAddress: "[::1]:1:2"',
      [
        'invalid discovery address: unable to split "[::1]:1:2": address [::1]:1:2: too many colons in address',
      ],
    ],
    [
      'discoveryAddress: "a[:1"',
      [
        'invalid discovery address: unable to split "a[:1": address a[:1: unexpected \'[\' in address',
      ],
    ],
    [
      'discoveryAddress: "a]:1"',
      [
        'invalid discovery address: unable to split "a]:1": address a]:1: unexpected \']\' in address',
      ],
    ],
    [
      'discoveryAddress: "a:x"',
      [
        'invalid discovery address: port (x) is not a number: strconv.Atoi: parsing "x": invalid syntax',
      ],
    ],
    [
      'discoveryAddress: "a:99999999999999999999"',
      [
        'invalid discovery address: port (99999999999999999999) is not a number: strconv.Atoi: parsing "99999999999999999999": value out of range',
      ],
    ],
    [
      'discoveryAddress: "a:0"',
      ['invalid discovery address: port number 0 must be in the range 1..65535'],
    ],
    [
      'discoveryAddress: "a_b:1"',
      ['invalid discovery address: "a_b" is not a valid hostname or an IP address'],
    ],
    [
      'discoveryAddress: ":1"',
      ['invalid discovery address: "" is not a valid hostname or an IP address'],
    ],
    [
      'discoveryAddress: "a.12:1"',
      ['invalid discovery address: "a.12" is not a valid hostname or an IP address'],
    ],
    [
      'discoveryAddress: "a..b:1"',
      ['invalid discovery address: "a..b" is not a valid hostname or an IP address'],
    ],
    [
      'discoveryAddress: "010.0.0.1:1"',
      ['invalid discovery address: "010.0.0.1" is not a valid hostname or an IP address'],
    ],
    [
      'discoveryAddress: "é\\n"',
      ['invalid discovery address: unable to split "é\\n": address é\n: missing port in address'],
    ],
    [
      'tracing: {lightstep: {}}',
      [
        'invalid lightstep config: address is required',
        'invalid lightstep config: invalid lightstep address: unable to split "": missing port in address',
        'invalid lightstep config: access token is required',
      ],
    ],
    [
      'tracing: {zipkin: {}}',
      ['invalid zipkin config: unable to split "": missing port in address'],
    ],
    [
      'tracing: {datadog: {address: x}}',
      ['invalid datadog config: unable to split "x": address x: missing port in address'],
    ],
    [
      'tracing: {tlsSettings: {mode: MUTUAL}}',
      [
        `${tls}client certificate required for mutual tls`,
        `${tls}private key required for mutual tls`,
      ],
    ],
    [
      'tracing: {tlsSettings: {mode: SIMPLE, credentialName: c, caCrl: x}}',
      [
        `${tls}cannot specify client certificates or CA certificate or CA CRL If credentialName is set`,
      ],
    ],
    [
      'tracing: {tlsSettings: {mode: SIMPLE, insecureSkipVerify: true, subjectAltNames: [a]}}',
      [
        `${tls}cannot specify CaCertificates or CredentialName or SubjectAltNames when InsecureSkipVerify is set true`,
      ],
    ],
    [
      'tracing: {tlsSettings: {mode: MUTUAL, insecureSkipVerify: true, caCertificates: a, clientCertificate: c, privateKey: k}}',
      [
        `${tls}cannot specify CaCertificates or SubjectAltNames when InsecureSkipVerify is set true`,
      ],
    ],
    [
      'tracing: {tlsSettings: {credentialName: "configmap://a"}}',
      [
        `${tls}invalid configmap:// credentialName: namespace must match the configuration namespace ""`,
      ],
    ],
    [
      'statsdUdpAddress: x',
      ['invalid statsd udp address "x": unable to split "x": address x: missing port in address'],
    ],
    [
      'envoyMetricsServiceAddress: x',
      [
        'invalid envoy metrics service address "x": unable to split "x": address x: missing port in address',
      ],
    ],
    [
      'envoyMetricsService: {address: x}',
      [
        'invalid envoy metrics service address "x": unable to split "x": address x: missing port in address',
      ],
    ],
    [
      'envoyAccessLogService: {address: x}',
      [
        'invalid envoy access log service address "x": unable to split "x": address x: missing port in address',
      ],
    ],
    [
      'proxyAdminPort: 65536',
      ['invalid proxy admin port: port number 65536 must be in the range 1..65535'],
    ],
    [
      'controlPlaneAuthPolicy: INHERIT',
      ['invalid authentication policy: unrecognized control plane auth policy "INHERIT"'],
    ],
    [
      'controlPlaneAuthPolicy: 5',
      ['invalid authentication policy: unrecognized control plane auth policy "5"'],
    ],
    ['statusPort: 0', ['invalid status port: port number 0 must be in the range 1..65535']],
    [
      'privateKeyProvider: {}',
      [
        `${keys}private key provider configuration is required`,
        `${keys}unknown private key provider`,
      ],
    ],
    ['privateKeyProvider: {cryptomb: {}}', [`${keys}pollDelay is required`]],
    ['privateKeyProvider: {qat: {pollDelay: 0s}}', [`${keys}pollDelay must be non zero`]],
    [
      'connectionSettings: {clusterPerConnectionBufferLimitBytes: -1}',
      [`${connection}cluster_per_connection_buffer_limit_bytes must be non-negative`],
    ],
    [
      'connectionSettings: {httpIdleTimeout: -1ns}',
      [`${connection}http_idle_timeout must be non-negative`],
    ],
    [
      'connectionSettings: {listenerConnectionLimit: 0}',
      [`${connection}listener_connection_limit must be positive`],
    ],
    [
      'connectionSettings: {http2InitialConnectionWindowSize: 65534}',
      [`${connection}http2_initial_connection_window_size must be at least 65535`],
    ],
  ])('%s', (text, problems) => {
    expect(validateProxyConfigAnnotation(text)).toEqual(problems);
  });

  it('is judged on the built-in defaults, all failures at once', () => {
    expect(
      validateProxyConfigAnnotation('statusPort: 0\nconfigPath: ""\nproxyAdminPort: 0'),
    ).toEqual([
      'config path must be set',
      'invalid proxy admin port: port number 0 must be in the range 1..65535',
      'invalid status port: port number 0 must be in the range 1..65535',
    ]);
  });

  it('is one failure when it does not parse', () => {
    expect(validateProxyConfigAnnotation('a: [')).toEqual([
      expect.stringMatching(/^failed to convert to apply proxy config: yaml: /),
    ]);
    expect(validateProxyConfigAnnotation('5')).toEqual([
      'failed to convert to apply proxy config: json: cannot unmarshal number into Go value of type map[string]json.RawMessage',
    ]);
    expect(validateProxyConfigAnnotation('proxyMetadata: {A: n}')).toEqual([
      'failed to convert to apply proxy config: json: cannot unmarshal bool into Go value of type string (at proxyMetadata.A)',
    ]);
  });
});
