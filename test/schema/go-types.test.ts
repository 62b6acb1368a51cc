import { describe, expect, test } from 'vitest';
import {
  GoInt,
  GoMap,
  GoNamed,
  GoPointer,
  GoSlice,
  GoStruct,
  type GoType,
  wrap,
} from '../../src/gotemplate/value/model.ts';
import { goType } from '../../src/schema/index.ts';

/** Reads a field the way a template does. */
function field(value: unknown, name: string): unknown {
  if (!(value instanceof GoStruct)) throw new TypeError(`no struct to read ${name} from`);
  const found = value.type.fields?.get(name);
  if (found === undefined) throw new TypeError(`${value.type.name} has no field ${name}`);
  const raw = found.read === undefined ? value.source[found.jsonName] : found.read(value.source);
  return wrap(found.type, raw);
}

function call(value: unknown, name: string, ...args: unknown[]): unknown {
  const typed = value as { readonly type: GoType };
  const method = typed.type.methods?.get(name);
  if (method === undefined) throw new TypeError(`${typed.type.name} has no method ${name}`);
  return method.call(value, args);
}

function target(value: unknown): unknown {
  return value instanceof GoPointer ? value.target : value;
}

function first(value: unknown): unknown {
  if (!(value instanceof GoSlice)) throw new TypeError('no slice');
  return wrap(value.type.elem as GoType, value.items?.[0]);
}

const spec = wrap(goType('v1.PodSpec'), {
  dnsPolicy: 'Default',
  serviceAccount: 'robot',
  securityContext: { runAsUser: 0 },
  containers: [
    {
      name: 'app',
      resources: { limits: { cpu: '1500m', memory: '1Gi' } },
      readinessProbe: { httpGet: { port: 'http' }, periodSeconds: 3 },
      ports: [{ containerPort: 80 }],
    },
  ],
});

describe('goType', () => {
  test('gives one object for one name', () => {
    expect(goType('v1.PodSpec')).toBe(goType('v1.PodSpec'));
    expect(goType('[]v1.Container').elem).toBe(goType('v1.Container'));
    expect(goType('*v1.Probe').elem).toBe(goType('v1.Probe'));
    expect(goType('v1.PodSpec').fields?.get('Containers')?.type).toBe(goType('[]v1.Container'));
    expect(goType('v1.DNSPolicy')).toBe(goType('v1.PodSpec').fields?.get('DNSPolicy')?.type);
  });

  test('refuses names that the table does not have', () => {
    expect(() => goType('v1.Pot')).toThrow(RangeError);
    expect(() => goType('Pod')).toThrow(RangeError);
  });

  test('shows fields by their Go names and types', () => {
    expect(field(spec, 'DNSPolicy')).toBeInstanceOf(GoNamed);
    expect(field(spec, 'DeprecatedServiceAccount')).toBe('robot');
    expect(field(spec, 'HostNetwork')).toBe(false);
    expect(target(field(spec, 'Affinity'))).toBeNull();
    const user = target(field(target(field(spec, 'SecurityContext')), 'RunAsUser'));
    expect(user).toBeInstanceOf(GoInt);
    expect(user).toMatchObject({ value: 0 });
  });

  test('backs an embedded struct by the source around it', () => {
    const probe = target(field(first(field(spec, 'Containers')), 'ReadinessProbe'));
    const handler = field(probe, 'ProbeHandler');
    const port = field(target(field(handler, 'HTTPGet')), 'Port');
    expect(call(port, 'String')).toBe('http');
    expect(goType('v1.Probe').fields?.get('ProbeHandler')).toMatchObject({
      embedded: true,
      jsonName: '',
    });
  });

  test('lets templates ask for resources by name', () => {
    const limits = field(field(first(field(spec, 'Containers')), 'Resources'), 'Limits');
    expect(limits).toBeInstanceOf(GoMap);
    const cpu = target(call(limits, 'Cpu'));
    expect(call(cpu, 'String')).toBe('1500m');
    expect(call(cpu, 'MilliValue')).toMatchObject({ value: 1500 });
    expect(call(cpu, 'Value')).toMatchObject({ value: 2 });
    expect(call(target(call(limits, 'Pods')), 'IsZero')).toBe(true);
    expect(call(cpu, 'CmpInt64', new GoInt(goType('int64'), 2))).toMatchObject({ value: -1 });
  });

  test('writes quantities, ports and times as Go does', () => {
    const quantity = goType('resource.Quantity');
    expect(quantity.encodeJSON?.('1024Mi')).toBe('"1Gi"');
    expect(quantity.encodeJSON?.({ value: 0.5 })).toBe('"500m"');
    expect(quantity.encodeJSON?.({})).toBe('"0"');
    const port = goType('intstr.IntOrString');
    expect([port.encodeJSON?.({ value: 80 }), port.encodeJSON?.('80')]).toEqual(['80', '"80"']);
    expect(port.format?.({})).toBe('0');
    const time = goType('v1.Time');
    expect(time.encodeJSON?.('2024-01-02T03:04:05+01:00')).toBe('"2024-01-02T02:04:05Z"');
    expect(time.encodeJSON?.({})).toBe('null');
    expect(time.format?.({})).toBe('0001-01-01 00:00:00 +0000 UTC');
    expect(call(wrap(time, '2024-12-31T00:00:00Z'), 'YearDay')).toMatchObject({ value: 366 });
  });

  test('splits a port into its two halves', () => {
    const named = wrap(goType('intstr.IntOrString'), '8080');
    expect(field(named, 'StrVal')).toBe('8080');
    expect(field(named, 'IntVal')).toMatchObject({ value: 0 });
    expect(call(named, 'IntValue')).toMatchObject({ value: 8080 });
  });

  test('has the getters of object metadata', () => {
    const meta = wrap(goType('v1.ObjectMeta'), { name: 'app', labels: { a: 'b' } });
    expect(call(meta, 'GetName')).toBe('app');
    expect(call(meta, 'GetLabels')).toMatchObject({ entries: { a: 'b' } });
    expect(call(meta, 'GetAnnotations')).toMatchObject({ entries: null });
  });
});
