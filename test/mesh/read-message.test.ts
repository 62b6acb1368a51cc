import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../src/json.ts';
import { messageDescriptor } from '../../src/mesh/descriptor/registry.ts';
import { MessageError } from '../../src/mesh/json/message-error.ts';
import { readMessage } from '../../src/mesh/json/read-message.ts';
import type { Message } from '../../src/mesh/message.ts';

const proxyConfig = messageDescriptor('istio.mesh.v1alpha1.ProxyConfig');

function read(json: JsonValue, onto: Message = {}): Message {
  return readMessage(proxyConfig, json, onto);
}

function failure(json: JsonValue): string {
  try {
    read(json);
  } catch (error) {
    if (error instanceof MessageError) return error.message;
    throw error;
  }
  return 'read';
}

describe('names', () => {
  it('takes the JSON name and the name of the .proto file, the JSON name first', () => {
    expect(read({ status_port: 1 })).toEqual({ statusPort: 1 });
    expect(read({ status_port: 1, statusPort: 2 })).toEqual({ statusPort: 2 });
    expect(read({ sds: { k8s_sa_jwt_path: '/p' } })).toEqual({ sds: { k8sSaJwtPath: '/p' } });
  });

  it('knows .proto names that do not follow from the JSON name', () => {
    const mesh = messageDescriptor('istio.mesh.v1alpha1.MeshConfig');
    expect(readMessage(mesh, { mesh_mTLS: { cipher_suites: ['A'] } }, {})).toEqual({
      meshMTLS: { cipherSuites: ['A'] },
    });
  });

  it('tells upper from lower case and ignores what it does not know', () => {
    expect(read({ StatusPort: 1, bogus: { deep: [1] } })).toEqual({});
  });

  it('is not fooled by members of the prototype', () => {
    expect(read(JSON.parse('{"__proto__": {"statusPort": 5}}'))).toEqual({});
  });
});

describe('replacing', () => {
  it('leaves the target alone for null, at the top and below', () => {
    const onto = { statusPort: 7, tracing: { sampling: 1 } };
    expect(read(null, onto)).toBe(onto);
    expect(read({ statusPort: null, tracing: null }, onto)).toEqual(onto);
  });

  it('replaces messages, lists and maps wholesale', () => {
    const onto = {
      tracing: { sampling: 1, zipkin: { address: 'a:1' } },
      extraStatTags: ['x', 'y'],
      runtimeValues: { r: '1' },
    };
    expect(
      read({ tracing: { sampling: 2 }, extraStatTags: ['z'], runtimeValues: { s: '2' } }, onto),
    ).toEqual({ tracing: { sampling: 2 }, extraStatTags: ['z'], runtimeValues: { s: '2' } });
  });

  it('takes explicit zeros: what has no presence goes, what has presence stays as zero', () => {
    const onto = { statusPort: 7, interceptionMode: 1, extraStatTags: ['x'] };
    expect(
      read(
        {
          statusPort: 0,
          interceptionMode: 'REDIRECT',
          extraStatTags: [],
          concurrency: 0,
          holdApplicationUntilProxyStarts: false,
          drainDuration: '0s',
          tracing: {},
        },
        onto,
      ),
    ).toEqual({
      concurrency: 0,
      holdApplicationUntilProxyStarts: false,
      drainDuration: { seconds: 0, nanos: 0 },
      tracing: {},
    });
  });

  it('does not touch the target object', () => {
    const onto = Object.freeze({ statusPort: 7 });
    read({ statusPort: 8 }, onto);
    expect(onto).toEqual({ statusPort: 7 });
  });
});

describe('oneofs', () => {
  it('clears the other members', () => {
    expect(
      read({ tracingServiceName: 'CANONICAL_NAME_ONLY' }, { serviceCluster: 'istio-proxy' }),
    ).toEqual({ tracingServiceName: 1 });
  });

  it('keeps a member that is set to zero', () => {
    expect(read({ tracingServiceName: 'APP_LABEL_AND_NAMESPACE' })).toEqual({
      tracingServiceName: 0,
    });
    expect(read({ serviceCluster: '' })).toEqual({ serviceCluster: '' });
  });

  it('lets the member declared last win, whatever the order of the text', () => {
    expect(read({ tracingServiceName: 1, serviceCluster: 'x' })).toEqual({ tracingServiceName: 1 });
  });
});

describe('leaves', () => {
  it('takes enums by name and by any number', () => {
    expect(read({ interceptionMode: 'NONE' })).toEqual({ interceptionMode: 2 });
    expect(read({ interceptionMode: 42 })).toEqual({ interceptionMode: 42 });
    expect(failure({ interceptionMode: 'X' })).toBe(
      'unknown value "\\"X\\"" for enum istio.mesh.v1alpha1.ProxyConfig.InboundInterceptionMode (at interceptionMode)',
    );
    expect(failure({ interceptionMode: true })).toContain('cannot unmarshal bool');
    expect(failure({ interceptionMode: 1.5 })).toContain('cannot unmarshal number 1.5');
  });

  it('takes integers plain or quoted, within the bounds of their type', () => {
    expect(read({ statusPort: '15' })).toEqual({ statusPort: 15 });
    expect(read({ statusPort: ' 15 ' })).toEqual({ statusPort: 15 });
    expect(read({ statusPort: 'null' })).toEqual({});
    expect(read({ concurrency: '3' })).toEqual({ concurrency: 3 });
    expect(
      read({ tracing: { stackdriver: { maxNumberOfAttributes: '9007199254740993' } } }),
    ).toEqual({ tracing: { stackdriver: { maxNumberOfAttributes: 9007199254740993n } } });
    expect(failure({ statusPort: 1.5 })).toBe(
      'json: cannot unmarshal number 1.5 into Go value of type int32 (at statusPort)',
    );
    expect(failure({ statusPort: 2147483648 })).toContain('into Go value of type int32');
    expect(failure({ fileFlushMinSizeKb: -1 })).toContain('into Go value of type uint32');
    expect(failure({ statusPort: 'abc' })).toContain(
      "invalid character 'a' looking for beginning of value",
    );
    expect(failure({ statusPort: '' })).toContain('unexpected end of JSON input');
    expect(failure({ statusPort: '1e3' })).toContain('cannot unmarshal number 1e3');
    expect(failure({ statusPort: 'true' })).toContain('cannot unmarshal bool');
    expect(failure({ statusPort: [] })).toContain('cannot unmarshal array');
    expect(failure({ statusPort: Number.NaN })).toContain('into Go value of type int32');
  });

  it('takes doubles plain, quoted and by the names of what is not finite', () => {
    expect(read({ tracing: { sampling: 12.5 } })).toEqual({ tracing: { sampling: 12.5 } });
    expect(read({ tracing: { sampling: '12.5' } })).toEqual({ tracing: { sampling: 12.5 } });
    expect(read({ tracing: { sampling: 'NaN' } })).toEqual({ tracing: { sampling: Number.NaN } });
    expect(failure({ tracing: { sampling: true } })).toContain('float64 (at tracing.sampling)');
  });

  it('takes nothing but booleans for booleans and strings for strings', () => {
    expect(failure({ holdApplicationUntilProxyStarts: 'true' })).toBe(
      'json: cannot unmarshal string into Go value of type bool (at holdApplicationUntilProxyStarts)',
    );
    expect(failure({ configPath: 5 })).toContain(
      'cannot unmarshal number into Go value of type string',
    );
    expect(failure({ proxyMetadata: { A: 1 } })).toBe(
      'json: cannot unmarshal number into Go value of type string (at proxyMetadata.A)',
    );
    expect(failure({ proxyMetadata: { A: true } })).toContain('cannot unmarshal bool');
  });

  it('takes durations in the syntax of Go only', () => {
    expect(read({ drainDuration: '1m30s' })).toEqual({ drainDuration: { seconds: 90, nanos: 0 } });
    expect(failure({ drainDuration: '45' })).toBe(
      'bad Duration: time: missing unit in duration "45" (at drainDuration)',
    );
    expect(failure({ drainDuration: 45 })).toContain(
      'cannot unmarshal number into Go value of type string',
    );
  });
});

describe('containers', () => {
  it('reads null inside a list or map as zero', () => {
    expect(read({ extraStatTags: [null, 'a'] })).toEqual({ extraStatTags: ['', 'a'] });
    expect({ ...(read({ proxyMetadata: { A: null } })['proxyMetadata'] as object) }).toEqual({
      A: '',
    });
    expect(read({ tracing: { openCensusAgent: { context: [null] } } })).toEqual({
      tracing: { openCensusAgent: { context: [0] } },
    });
    expect(read({ readinessProbe: { httpGet: { httpHeaders: [null] } } })).toEqual({
      readinessProbe: { httpGet: { httpHeaders: [{}] } },
    });
  });

  it('keeps a key called __proto__ an ordinary key', () => {
    const { proxyMetadata } = read({ proxyMetadata: JSON.parse('{"__proto__": "x"}') });
    expect(Object.keys(proxyMetadata as object)).toEqual(['__proto__']);
    expect(({} as Message)['x']).toBeUndefined();
  });

  it('names the place of what does not fit', () => {
    expect(failure([])).toBe(
      'json: cannot unmarshal array into Go value of type map[string]json.RawMessage',
    );
    expect(failure('text')).toContain('cannot unmarshal string');
    expect(failure({ tracing: 5 })).toContain('(at tracing)');
    expect(failure({ extraStatTags: 'x' })).toBe(
      'json: cannot unmarshal string into Go value of type []json.RawMessage (at extraStatTags)',
    );
    expect(failure({ extraStatTags: ['a', 5] })).toContain('(at extraStatTags[1])');
    expect(failure({ proxyMetadata: [] })).toContain(
      'map[string]json.RawMessage (at proxyMetadata)',
    );
  });
});
