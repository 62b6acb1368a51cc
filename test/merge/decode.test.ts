import { describe, expect, test } from 'vitest';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { DecodeError, decode } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';

const pod = structSchema('Pod');

function normal(value: JsonValue): JsonObject {
  return decode(pod, value);
}

function container(members: JsonObject): JsonObject {
  return { spec: { containers: [members] } };
}

function refusal(value: JsonValue): DecodeError {
  try {
    normal(value);
  } catch (error) {
    if (error instanceof DecodeError) return error;
    throw error;
  }
  throw new Error('was taken');
}

describe('decode', () => {
  test('drops what the schema does not know, at any depth', () => {
    expect(
      normal({
        extra: 1,
        spec: { more: {}, containers: [{ name: 'a', env: [{ name: 'E', odd: [] }] }] },
      }),
    ).toEqual(container({ name: 'a', env: [{ name: 'E' }] }));
  });

  test('drops zero values and nulls of fields that are no pointers', () => {
    expect(
      normal(
        container({
          name: 'a',
          image: '',
          args: [],
          stdin: false,
          env: null,
          readinessProbe: { periodSeconds: 0 },
        }),
      ),
    ).toEqual(container({ name: 'a', readinessProbe: {} }));
    expect(normal({ metadata: { labels: {}, generation: 0 } })).toEqual({ metadata: {} });
  });

  test('keeps pointers at their zero value, but not at null', () => {
    const context = { runAsUser: 0, privileged: false };
    expect(
      normal(container({ name: 'a', securityContext: { ...context, runAsGroup: null } })),
    ).toEqual(container({ name: 'a', securityContext: context }));
    expect(normal({ spec: { volumes: [{ name: 'v', emptyDir: {} }] } })).toEqual({
      spec: { volumes: [{ name: 'v', emptyDir: {} }] },
    });
  });

  test('keeps required members as they came and adds none', () => {
    expect(normal(container({ name: '', resources: {} }))).toEqual(
      container({ name: '', resources: {} }),
    );
    expect(normal(container({}))).toEqual(container({}));
    expect(normal({ spec: { containers: [] } })).toEqual({ spec: { containers: [] } });
  });

  test('takes null in a list or a map for the zero value', () => {
    expect(normal({ metadata: { labels: { a: null } } })).toEqual({
      metadata: { labels: { a: '' } },
    });
    expect(
      normal({ spec: { containers: [null, { args: [null, 'x'] }], overhead: { cpu: null } } }),
    ).toEqual({ spec: { containers: [{}, { args: ['', 'x'] }], overhead: { cpu: '0' } } });
  });

  test('spells quantities and times canonically', () => {
    expect(
      normal({
        metadata: { creationTimestamp: '2024-01-02T03:04:05.6+01:00' },
        spec: { containers: [{ resources: { limits: { cpu: 0.5, memory: '2048Mi' } } }] },
      }),
    ).toEqual({
      metadata: { creationTimestamp: '2024-01-02T02:04:05Z' },
      spec: { containers: [{ resources: { limits: { cpu: '500m', memory: '2Gi' } } }] },
    });
    expect(normal({ metadata: { creationTimestamp: '0001-01-01T00:00:00Z' } })).toEqual({
      metadata: {},
    });
  });

  test('keeps the JSON type of a port', () => {
    const ports = { tcpSocket: { port: '80' }, httpGet: { port: 80 } };
    expect(normal(container({ livenessProbe: ports }))).toEqual(
      container({ livenessProbe: ports }),
    );
  });

  test('gives back the very parts that are normal already', () => {
    const kept = { name: 'a', image: 'a:1' };
    const raw = {
      metadata: { name: 'p' },
      spec: { containers: [kept, { name: 'b', tty: false }] },
    };
    const result = normal(raw) as typeof raw;
    expect(result.metadata).toBe(raw.metadata);
    expect(result.spec.containers[0]).toBe(kept);
    expect(normal(result)).toBe(result);
  });

  test('takes any spelling of a name, the last one in the document winning', () => {
    expect(
      normal({ SPEC: { hostNetwork: true, Containers: [{ NAME: 'a' }] }, spec: { hostIPC: true } }),
    ).toEqual({ spec: { hostNetwork: true, hostIPC: true, containers: [{ name: 'a' }] } });
    expect(normal({ metadata: { name: 'a', Name: 'b', NAME: null } })).toEqual({
      metadata: { name: 'b' },
    });
  });

  test('leaves the status alone', () => {
    const status = { phase: 'Pending', conditions: [{ type: 'x', strange: null }] };
    expect(normal({ status })).toEqual({ status });
  });

  test('treats __proto__ as a key like any other', () => {
    const raw = JSON.parse(
      '{"metadata":{"labels":{"a":null,"__proto__":"x"}},"__proto__":{"spec":{}}}',
    );
    const labels = (normal(raw)['metadata'] as JsonObject)['labels'] as JsonObject;
    expect(Object.entries(labels)).toEqual([
      ['a', ''],
      ['__proto__', 'x'],
    ]);
    expect(Object.getPrototypeOf(labels)).toBe(Object.prototype);
    expect(normal(raw)['spec']).toBeUndefined();
  });

  test.each<[JsonValue, string, string]>([
    [
      container({ image: 1 }),
      'number into Go struct field Container.spec.containers.image of type string',
      'spec.containers[0].image',
    ],
    [
      container({ ports: [{ containerPort: 1.5 }] }),
      'number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
      'spec.containers[0].ports[0].containerPort',
    ],
    [
      container({ ports: [{ containerPort: 2 ** 31 }] }),
      'number 2147483648 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
      'spec.containers[0].ports[0].containerPort',
    ],
    [
      container({ tty: 1 }),
      'number into Go struct field Container.spec.containers.tty of type bool',
      'spec.containers[0].tty',
    ],
    [
      container({ ports: [{ containerPort: '80' }] }),
      'string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
      'spec.containers[0].ports[0].containerPort',
    ],
    [
      { Spec: { Containers: [{ Tty: 'yes' }] } },
      'string into Go struct field Container.spec.containers.tty of type bool',
      'spec.containers[0].tty',
    ],
    [
      container({ livenessProbe: { httpGet: { port: true } } }),
      'bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.ProbeHandler.httpGet.port of type int32',
      'spec.containers[0].livenessProbe.httpGet.port',
    ],
    [
      { spec: { volumes: [{ emptyDir: [] }] } },
      'array into Go struct field Volume.spec.volumes.VolumeSource.emptyDir of type v1.EmptyDirVolumeSource',
      'spec.volumes[0].emptyDir',
    ],
    [
      { spec: { containers: {} } },
      'object into Go struct field PodSpec.spec.containers of type []v1.Container',
      'spec.containers',
    ],
    [
      { metadata: { labels: { 'a/b': 1 } } },
      'number into Go struct field ObjectMeta.metadata.labels of type string',
      'metadata.labels["a/b"]',
    ],
    [
      { spec: { dnsPolicy: false } },
      'bool into Go struct field PodSpec.spec.dnsPolicy of type v1.DNSPolicy',
      'spec.dnsPolicy',
    ],
    [[], 'array into Go value of type v1.Pod', ''],
  ])('refuses %j by place and type', (value, message, path) => {
    const error = refusal(value);
    expect(error.message).toBe(`json: cannot unmarshal ${message}`);
    expect(error.path).toBe(path);
  });

  test('refuses a quantity that is none', () => {
    const error = refusal(container({ resources: { limits: { cpu: 'much' } } }));
    expect(error.message).toMatch(/^quantities must match the regular expression/);
    expect(error.path).toBe('spec.containers[0].resources.limits.cpu');
    expect(refusal(container({ resources: { limits: { cpu: true } } })).message).toBe(
      error.message,
    );
  });

  test('takes scalars for strings when asked to', () => {
    const options = { coerceScalars: true };
    expect(
      decode(
        pod,
        { metadata: { labels: { a: 1, b: true, c: 1.1, d: 1234567.5, e: 1e-5 } } },
        options,
      ),
    ).toEqual({
      metadata: { labels: { a: '1', b: 'true', c: '1.1', d: '1.2345675e+06', e: '1e-05' } },
    });
    expect(() => decode(pod, { spec: { hostNetwork: 'true' } }, options)).toThrow(DecodeError);
    expect(() => decode(pod, { metadata: { name: [] } }, options)).toThrow(DecodeError);
  });
});
