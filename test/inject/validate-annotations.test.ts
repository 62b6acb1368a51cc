import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateAnnotations } from '../../src/inject/validate/validate-annotations.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';

const check = (annotations: Record<string, JsonValue>) =>
  validateAnnotations({ metadata: { annotations } });

/** What is wrong with one annotation's value, undefined when nothing is. */
const detail = (name: string, value: string) => check({ [name]: value })?.failures[0]?.detail;

const ports = 'traffic.sidecar.istio.io/excludeInboundPorts';
const anyPorts = 'traffic.sidecar.istio.io/includeInboundPorts';
const ranges = 'traffic.sidecar.istio.io/excludeOutboundIPRanges';
const anyRanges = 'traffic.sidecar.istio.io/includeOutboundIPRanges';
const interfaces = 'traffic.sidecar.istio.io/excludeInterfaces';
const memory = 'sidecar.istio.io/proxyMemory';
const syntax = (text: string) => `strconv.ParseUint: parsing "${text}": invalid syntax`;
const range = (text: string) => `strconv.ParseUint: parsing "${text}": value out of range`;

describe('the interception mode', () => {
  const name = 'sidecar.istio.io/interceptionMode';
  it.each(['REDIRECT', 'TPROXY', 'NONE'])('may be %s', (value) => {
    expect(detail(name, value)).toBeUndefined();
  });
  it.each(['', 'redirect', 'TPROXY ', 'x'])('may not be %j', (value) => {
    expect(detail(name, value)).toBe(
      `interceptionMode invalid, use REDIRECT,TPROXY,NONE: ${value}`,
    );
  });
});

describe('a status port', () => {
  const name = 'status.sidecar.istio.io/port';
  it.each(['0', '15020', ' 15020\t', '65535', '00080'])('may be %j', (value) => {
    expect(detail(name, value)).toBeUndefined();
  });
  it.each<[string, string]>([
    ['', syntax('')],
    [' x ', syntax('x')],
    ['+1', syntax('+1')],
    ['65536', range('65536')],
    ['999999999x', range('999999999x')],
  ])('may not be %j', (value, reason) => {
    expect(detail(name, value)).toBe(
      `excludeInboundPorts invalid: failed parsing port '${value}': ${reason}`,
    );
  });
});

describe('a readiness number', () => {
  it.each([
    'readiness.status.sidecar.istio.io/initialDelaySeconds',
    'readiness.status.sidecar.istio.io/periodSeconds',
    'readiness.status.sidecar.istio.io/failureThreshold',
  ])('%s is an unsigned 32-bit decimal', (name) => {
    expect(detail(name, '0')).toBeUndefined();
    expect(detail(name, '4294967295')).toBeUndefined();
    expect(detail(name, '4294967296')).toBe(range('4294967296'));
    expect(detail(name, '-1')).toBe(syntax('-1'));
    expect(detail(name, ' 1')).toBe(syntax(' 1'));
    expect(detail(name, '1_0')).toBe(syntax('1_0'));
    expect(detail(name, '')).toBe(syntax(''));
    expect(detail(name, 'a"b\n\u00a0\u{1F600}\x07')).toBe(
      String.raw`strconv.ParseUint: parsing "a\"b\n\u00a0😀\a": invalid syntax`,
    );
  });
});

describe('a list of ports', () => {
  it.each(['', '  ', '80', '80,443', ' 80 , 0 ', '\u008580'])('may be %j', (value) => {
    expect(detail(ports, value)).toBeUndefined();
  });
  it.each<[string, string, string]>([
    ['80,', '', syntax('')],
    [',80', '', syntax('')],
    ['80,x', 'x', syntax('x')],
    ['80, -1 ,x', ' -1 ', syntax('-1')],
    ['80,70000', '70000', range('70000')],
    ['*', '*', syntax('*')],
    ['\ufeff80', '\ufeff80', syntax('\\ufeff80')],
  ])('may not be %j', (value, item, reason) => {
    expect(detail(ports, value)).toBe(
      `excludeInboundPorts invalid: failed parsing port '${item}': failed parsing port '${item}': ${reason}`,
    );
  });
  it('may be a star only for inbound ports to include', () => {
    expect(detail(anyPorts, '*')).toBeUndefined();
    expect(detail(anyPorts, '*,80')).toMatch(/^includeInboundPorts invalid: /);
    expect(detail('traffic.sidecar.istio.io/excludeOutboundPorts', '*')).toMatch(
      /^excludeOutboundPorts invalid: /,
    );
  });
});

describe('a list of CIDRs', () => {
  it.each([
    '',
    '10.0.0.0/8',
    '10.1.2.3/0,10.0.0.0/32',
    '::/0',
    '2001:db8::1/128',
    '::ffff:1.2.3.4/96',
    '1:2:3:4:5:6:7:8/64',
    '1:2:3:4:5:6:1.2.3.4/64',
    '1::8/5',
    '1::/16',
    'ABCD::/9',
  ])('may be %j', (value) => {
    expect(detail(ranges, value)).toBeUndefined();
    expect(detail(anyRanges, value)).toBeUndefined();
  });

  it.each<[string, string]>([
    ['10.0.0.0', "no '/'"],
    ['10.0.0.0/33', 'prefix length out of range'],
    ['::/129', 'prefix length out of range'],
    ['10.0.0.0/', 'bad bits after slash: ""'],
    ['10.0.0.0/08', 'bad bits after slash: "08"'],
    ['10.0.0.0/+8', 'bad bits after slash: "+8"'],
    ['10.0.0.0/99999999999999999999', 'bad bits after slash: "99999999999999999999"'],
    ['x/8', 'ParseAddr("x"): unable to parse IP'],
    ['/8', 'ParseAddr(""): unable to parse IP'],
    ['a/b/8', 'ParseAddr("a/b"): unable to parse IP'],
    ['%eth0/8', 'ParseAddr("%eth0"): missing IPv6 address'],
    ['10.0.0/8', 'ParseAddr("10.0.0"): IPv4 address too short'],
    ['10.0.0.0.0/8', 'ParseAddr("10.0.0.0.0"): IPv4 address too long'],
    ['10.00.0.0/8', 'ParseAddr("10.00.0.0"): IPv4 field has octet with leading zero'],
    ['256.0.0.0/8', 'ParseAddr("256.0.0.0"): IPv4 field has value >255'],
    ['10..0.0/8', 'ParseAddr("10..0.0"): IPv4 field must have at least one digit (at ".0.0")'],
    ['10.0.0./8', 'ParseAddr("10.0.0."): IPv4 field must have at least one digit (at ".")'],
    [' 10.0.0.0/8', 'ParseAddr(" 10.0.0.0"): unexpected character (at " 10.0.0.0")'],
    ['10.0.0.0 /8', 'ParseAddr("10.0.0.0 "): unexpected character (at " ")'],
    ['fe80::1%eth0/64', 'IPv6 zones cannot be present in a prefix'],
    ['fe80::1%/64', 'ParseAddr("fe80::1%"): zone must be a non-empty string'],
    ['1:2/8', 'ParseAddr("1:2"): address string too short'],
    ['1:2:/8', 'ParseAddr("1:2:"): colon must be followed by more characters (at ":")'],
    ['1::2::3/8', 'ParseAddr("1::2::3"): multiple :: in address (at ":3")'],
    ['12345::/8', 'ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")'],
    [
      'g::/8',
      'ParseAddr("g::"): each colon-separated field must have at least one digit (at "g::")',
    ],
    ['1x::/8', 'ParseAddr("1x::"): unexpected character, want colon (at "x::")'],
    [
      '1:2:3:4:5:6:7:8:9/8',
      'ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")',
    ],
    [
      '1:2:3:4:5:6:7::8/8',
      'ParseAddr("1:2:3:4:5:6:7::8"): the :: must expand to at least one field of zeros',
    ],
    [
      '1:1.2.3.4/8',
      'ParseAddr("1:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    ['1::3:4:5:6:7:1.2.3.4/8', 'the :: must expand to at least one field of zeros'],
    ['::1.2.3/8', 'IPv4 address too short'],
    ['*', "no '/'"],
  ])('may not be %j', (value, reason) => {
    const text = detail(ranges, `10.0.0.0/8,${value}`);
    expect(text).toMatch(/^excludeIPRanges invalid: failed parsing cidr '/);
    expect(text?.endsWith(reason)).toBe(true);
  });

  it('is told with the item that is wrong', () => {
    expect(detail(anyRanges, '10.0.0.0/8, 11.0.0.0/8')).toBe(
      `includeIPRanges invalid: failed parsing cidr ' 11.0.0.0/8': netip.ParsePrefix(" 11.0.0.0/8"): ParseAddr(" 11.0.0.0"): unexpected character (at " 11.0.0.0")`,
    );
    expect(detail(ranges, '10.0.0.0/8,')).toBe(
      `excludeIPRanges invalid: failed parsing cidr '': netip.ParsePrefix(""): no '/'`,
    );
  });

  it('may be a star only for ranges to include', () => {
    expect(detail(anyRanges, '*')).toBeUndefined();
    expect(detail(anyRanges, '*,10.0.0.0/8')).toBeDefined();
  });
});

describe('a list of interfaces', () => {
  it.each([
    interfaces,
    'traffic.sidecar.istio.io/kubevirtInterfaces',
    'istio.io/reroute-virtual-interfaces',
  ])('in %s is checked name by name', (name) => {
    expect(detail(name, '')).toBeUndefined();
    expect(detail(name, 'net1, eth0.1 ,a_b-c,abcdefghijklmno')).toBeUndefined();
    expect(detail(name, ' ')).toBe('empty interface name');
    expect(detail(name, 'net1,')).toBe('empty interface name');
    expect(detail(name, 'net1,abcdefghijklmnop')).toBe(
      'interface name "abcdefghijklmnop" too long (max 15 chars)',
    );
    expect(detail(name, 'éééééééé')).toContain('too long');
    expect(detail(name, '0net')).toBe('interface name "0net" contains invalid characters');
    expect(detail(name, 'a b')).toBe('interface name "a b" contains invalid characters');
  });
});

describe('the metrics switch', () => {
  const name = 'prometheus.istio.io/merge-metrics';
  it.each(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'])(
    'may be %s',
    (value) => {
      expect(detail(name, value)).toBeUndefined();
    },
  );
  it.each(['', 'yes', 'tRUE', ' true'])('may not be %j', (value) => {
    expect(detail(name, value)).toBe(`strconv.ParseBool: parsing "${value}": invalid syntax`);
  });
});

describe('a resource quantity', () => {
  it.each([
    '0',
    '100m',
    '1Gi',
    '.5',
    '5.',
    '+5',
    '-1',
    '1e3',
    '1E',
    '1E3',
    '1e-3',
    '12.5Ki',
    '1n',
    '1u',
    '2P',
    '.',
    '+',
  ])('may be %j', (value) => {
    expect(detail(memory, value)).toBeUndefined();
  });
  it.each(['1K', '1ki', '1e', '1e+', '1mi', '1-5', '1Mii', '1EE'])('has no suffix %j', (value) => {
    expect(detail(memory, value)).toBe("unable to parse quantity's suffix");
  });
  it.each(['', ' 1', '1 ', '1.2.3', 'abc', '1Mi!', '1m5m', '１'])('has no shape %j', (value) => {
    expect(detail(memory, value)).toBe(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  });
  it.each(['1\n', '1Gi"\u0085', '\x7f', '\u009f1'])('has no control characters: %j', (value) => {
    expect(detail(memory, value)).toBe('value contains control characters');
  });
  it.each(['proxyCPU', 'proxyCPULimit', 'proxyMemoryLimit'])('is checked in %s', (name) => {
    expect(detail(`sidecar.istio.io/${name}`, 'lots')).toBeDefined();
  });
});

describe('a proxy config', () => {
  it('that does not parse is one failure', () => {
    expect(detail('proxy.istio.io/config', '{')).toMatch(
      /^failed to convert to apply proxy config: /,
    );
  });
  it('that breaks rules brings a list of its own', () => {
    expect(detail('proxy.istio.io/config', 'configPath: ""\nbinaryPath: ""')).toBe(
      '2 errors occurred:\n\t* config path must be set\n\t* binary path must be set\n\n',
    );
    expect(detail('proxy.istio.io/config', 'concurrency: 2')).toBeUndefined();
  });
});

describe('the annotations of a pod', () => {
  it('are fine when nothing is to be checked', () => {
    expect(validateAnnotations({})).toBeUndefined();
    expect(check({})).toBeUndefined();
    expect(check({ 'sidecar.istio.io/logLevel': '???', anything: '' })).toBeUndefined();
  });

  it('are told all at once, sorted by name', () => {
    const result = check({
      [ports]: 'x',
      'sidecar.istio.io/interceptionMode': 'no',
      'prometheus.istio.io/merge-metrics': 'maybe',
    });
    expect(result?.failures.map((failure) => failure.annotation)).toEqual([
      'prometheus.istio.io/merge-metrics',
      'sidecar.istio.io/interceptionMode',
      ports,
    ]);
    expect(result?.text).toBe(
      [
        '3 errors occurred:',
        `\t* invalid value 'maybe' for annotation 'prometheus.istio.io/merge-metrics': strconv.ParseBool: parsing "maybe": invalid syntax`,
        "\t* invalid value 'no' for annotation 'sidecar.istio.io/interceptionMode': interceptionMode invalid, use REDIRECT,TPROXY,NONE: no",
        `\t* invalid value 'x' for annotation '${ports}': excludeInboundPorts invalid: failed parsing port 'x': failed parsing port 'x': ${syntax('x')}`,
        '\n',
      ].join('\n'),
    );
  });

  it('make a text in the singular when one is wrong', () => {
    expect(check({ [memory]: '?' })?.text).toMatch(/^1 error occurred:\n\t\* invalid value '\?' /);
  });

  it('count null as the empty text, as Go reads it', () => {
    expect(check({ [memory]: null })?.failures).toHaveLength(1);
    expect(check({ [ports]: null })).toBeUndefined();
  });

  it('never make it throw, whatever they are', () => {
    const known = [
      ports,
      anyPorts,
      ranges,
      anyRanges,
      interfaces,
      memory,
      'status.sidecar.istio.io/port',
    ];
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.ipV6().map((address) => `${address}/7`),
      fc.stringMatching(/^[0-9a-f:.%/*,+eEiKM-]*$/),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...known, '__proto__', 'x'), value), (any) => {
        const result = check(any as JsonObject);
        if (result !== undefined) expect(result.failures.length).toBeGreaterThan(0);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (any) => {
        validateAnnotations({ metadata: any as JsonValue });
      }),
    );
  });

  it('take every address that is one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (address) => {
        expect(detail(ranges, `${address}/9`)).toBeUndefined();
      }),
    );
  });
});
