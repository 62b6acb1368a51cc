import type { GoMethod, GoSource, GoType } from '../gotemplate/value/model.ts';
import {
  GoInt,
  GoMap,
  GoPointer,
  GoStruct,
  int64Type,
  intType,
  pointerTo,
  wrap,
} from '../gotemplate/value/model.ts';
import { parseQuantity, type Quantity, scaledQuantity } from './quantity.ts';

const zero: Quantity = { unscaled: 0n, exponent: 0, format: 'DecimalSI', text: '0' };

/** The quantity in what a struct is backed by, or in a raw JSON value. Text that is none counts as zero. */
function quantityIn(source: unknown): Quantity {
  const raw =
    typeof source === 'object' && source !== null ? (source as GoSource)['value'] : source;
  if (typeof raw !== 'string' && typeof raw !== 'number') return zero;
  try {
    return parseQuantity(String(raw).trim());
  } catch {
    // Values reach templates decoded, so this is a caller's mistake that should not end a render.
    return zero;
  }
}

function receiverQuantity(receiver: unknown): Quantity {
  return receiver instanceof GoStruct ? quantityIn(receiver.source) : zero;
}

function goInt(type: GoType, value: bigint): GoInt {
  const number = Number(value);
  return new GoInt(type, Number.isSafeInteger(number) ? number : BigInt.asIntN(64, value));
}

function method(
  name: string,
  result: (quantity: Quantity, args: readonly unknown[]) => unknown,
  parameters: readonly GoType[] = [],
): [string, GoMethod] {
  return [
    name,
    {
      name,
      in: parameters,
      pointerOnly: true,
      call: (receiver, args) => result(receiverQuantity(receiver), args),
    },
  ];
}

function compare(a: Quantity, b: Quantity): number {
  const scale = Math.min(a.exponent, b.exponent);
  const [left, right] = [scaledQuantity(a, scale), scaledQuantity(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function sign({ unscaled }: Quantity): number {
  return unscaled === 0n ? 0 : unscaled > 0n ? 1 : -1;
}

function approximate({ unscaled, exponent }: Quantity): number {
  return exponent === 0 ? Number(unscaled) : Number(unscaled) * 10 ** exponent;
}

const formatType: GoType = { kind: 'string', name: 'resource.Format' };

/** `resource.Quantity`: JSON text canonical, methods that read (those that change it make no sense here). */
export const quantityType: GoType = {
  kind: 'struct',
  name: 'resource.Quantity',
  fields: new Map([
    [
      'Format',
      {
        goName: 'Format',
        type: formatType,
        jsonName: '',
        omitEmpty: false,
        embedded: false,
        read: (source) => quantityIn(source).format,
      },
    ],
  ]),
  methods: new Map<string, GoMethod>([
    [
      'String',
      {
        name: 'String',
        in: [],
        pointerOnly: true,
        call: (receiver) => (receiver === null ? '<nil>' : receiverQuantity(receiver).text),
      },
    ],
    method('Value', (quantity) => goInt(int64Type, scaledQuantity(quantity, 0))),
    method('MilliValue', (quantity) => goInt(int64Type, scaledQuantity(quantity, -3))),
    method('IsZero', (quantity) => quantity.unscaled === 0n),
    method('Sign', (quantity) => new GoInt(intType, sign(quantity))),
    method('AsApproximateFloat64', approximate),
    method('AsFloat64Slow', (quantity) => Number(`${quantity.unscaled}e${quantity.exponent}`)),
    method(
      'CmpInt64',
      (quantity, [other]) => {
        const value = other instanceof GoInt ? BigInt(other.value) : 0n;
        return new GoInt(intType, compare(quantity, { ...zero, unscaled: value }));
      },
      [int64Type],
    ),
  ]),
  encodeJSON: (source) => JSON.stringify(quantityIn(source).text),
  format: (source) => quantityIn(source).text,
};

function lookup(name: string, resource: string): [string, GoMethod] {
  return [
    name,
    {
      name,
      in: [],
      pointerOnly: true,
      call: (receiver) => {
        const entries = receiver instanceof GoMap ? receiver.entries : null;
        const raw = entries !== null && Object.hasOwn(entries, resource) ? entries[resource] : '0';
        return new GoPointer(pointerTo(quantityType), wrap(quantityType, raw ?? '0'));
      },
    },
  ];
}

/** `v1.ResourceList`: a map of quantities with a method for each usual resource. */
export const resourceListType: GoType = {
  kind: 'map',
  name: 'v1.ResourceList',
  elem: quantityType,
  methods: new Map([
    lookup('Cpu', 'cpu'),
    lookup('Memory', 'memory'),
    lookup('Storage', 'storage'),
    lookup('Pods', 'pods'),
    lookup('StorageEphemeral', 'ephemeral-storage'),
  ]),
};
