import type { GoType } from '../../gotemplate/value/model.ts';
import {
  boolType,
  float64Type,
  GoStruct,
  int32Type,
  int64Type,
  stringType,
  uint32Type,
  wrap,
} from '../../gotemplate/value/model.ts';
import type { ScalarKind } from '../descriptor/descriptor.ts';
import { method } from './method.ts';

/** Go's types of the protobuf scalars. */
export const scalarTypes: { readonly [kind in ScalarKind]: GoType } = {
  string: stringType,
  bool: boolType,
  int32: int32Type,
  uint32: uint32Type,
  int64: int64Type,
  double: float64Type,
};

const wrapperNames: { readonly [kind in ScalarKind]: string } = {
  string: 'StringValue',
  bool: 'BoolValue',
  int32: 'Int32Value',
  uint32: 'UInt32Value',
  int64: 'Int64Value',
  double: 'DoubleValue',
};

const types = new Map<ScalarKind, GoType>();

/** `wrapperspb.BoolValue` and the like. The bare value in a message becomes the source's `value`. */
export function wrapperType(kind: ScalarKind): GoType {
  let type = types.get(kind);
  if (type === undefined) {
    type = makeType(kind);
    types.set(kind, type);
  }
  return type;
}

function makeType(kind: ScalarKind): GoType {
  const scalar = scalarTypes[kind];
  const text = (source: unknown) => {
    const { value } = source as { value?: unknown };
    if (!value) return '';
    return `value:${typeof value === 'string' ? JSON.stringify(value) : value}`;
  };
  return {
    kind: 'struct',
    name: `wrapperspb.${wrapperNames[kind]}`,
    protoMessage: true,
    format: text,
    fields: new Map([
      [
        'Value',
        { goName: 'Value', type: scalar, jsonName: 'value', omitEmpty: true, embedded: false },
      ],
    ]),
    methods: new Map([
      method('GetValue', (receiver) =>
        wrap(scalar, receiver instanceof GoStruct ? receiver.source['value'] : undefined),
      ),
      method('String', (receiver) => (receiver instanceof GoStruct ? text(receiver.source) : '')),
    ]),
  };
}
