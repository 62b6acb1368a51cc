import { describe, expect, test } from 'vitest';
import { structNames, structSchema, type TypeSchema } from '../../src/schema/index.ts';

/** The struct that a type holds, through lists and maps. */
function structIn(type: TypeSchema): string | undefined {
  if (type.kind === 'struct') return type.struct.name;
  return type.kind === 'list' || type.kind === 'map' ? structIn(type.elem) : undefined;
}

describe('the type table', () => {
  test('can be read, and names only structs that it has', () => {
    const names = new Set(structNames());
    for (const name of names) {
      for (const { type } of structSchema(name).fields) {
        const inner = structIn(type);
        if (inner !== undefined) expect(names).toContain(inner);
      }
    }
  });

  test('merges lists by members that their elements have', () => {
    let merged = 0;
    for (const name of structNames()) {
      for (const { type } of structSchema(name).fields) {
        if (type.kind !== 'list' || type.mergeKey === undefined) continue;
        merged += 1;
        const { elem, mergeKey } = type;
        expect(elem.kind === 'struct' && elem.struct.byName.has(mergeKey)).toBe(true);
      }
    }
    expect(merged).toBeGreaterThan(15);
  });

  test('gives the same struct for the same name', () => {
    expect(structSchema('Pod')).toBe(structSchema('Pod'));
    const spec = structSchema('Pod').byName.get('spec')?.type;
    expect(spec?.kind === 'struct' && spec.struct).toBe(structSchema('PodSpec'));
  });

  test('puts members of embedded structs where the embedding stands', () => {
    const names = structSchema('Probe').fields.map((field) => field.jsonName);
    expect(names.slice(0, 5)).toEqual([
      'exec',
      'httpGet',
      'tcpSocket',
      'grpc',
      'initialDelaySeconds',
    ]);
    expect(structSchema('Probe').byName.get('grpc')?.through).toBe('ProbeHandler');
  });

  test('knows pointers, required members, Go names and merge rules', () => {
    const container = structSchema('Container');
    expect(container.byName.get('env')).toMatchObject({
      goName: 'Env',
      pointer: false,
      required: false,
      type: { kind: 'list', mergeKey: 'name' },
    });
    expect(container.byName.get('resources')?.required).toBe(true);
    expect(container.byName.get('tty')?.goName).toBe('TTY');
    expect(structSchema('ObjectMeta').byName.get('finalizers')?.type).toMatchObject({ set: true });
    expect(structSchema('PodSpec').byName.get('serviceAccount')?.goName).toBe(
      'DeprecatedServiceAccount',
    );
    expect(structSchema('GRPCAction').byName.get('service')).toMatchObject({
      pointer: true,
      required: true,
    });
  });

  test('finds fields by any spelling', () => {
    expect(structSchema('Pod').byFoldedName.get('apiversion')?.jsonName).toBe('apiVersion');
  });

  test('refuses a name that it does not have', () => {
    expect(() => structSchema('Pot')).toThrow(RangeError);
    expect(() => structSchema('__proto__')).toThrow(RangeError);
  });
});
