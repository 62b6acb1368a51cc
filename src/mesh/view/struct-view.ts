import type { GoField, GoSource, GoType } from '../../gotemplate/value/model.ts';
import {
  boolType,
  float64Type,
  GoPointer,
  GoStruct,
  mapOf,
  pointerTo,
  sliceOf,
  stringType,
  wrap,
} from '../../gotemplate/value/model.ts';
import { isJsonObject } from '../../json.ts';
import { goJsonValue } from '../json/go-json-text.ts';
import { method } from './method.ts';

/**
 * `structpb.Value`. JSON of its own cannot tell a value from a struct that holds one, so that every view in
 * here is backed by a box with the JSON as its only member.
 */
type Box = { readonly json: unknown };

function jsonOf(source: unknown): unknown {
  return (source as Box).json;
}

function received(receiver: unknown): unknown {
  return receiver instanceof GoStruct ? jsonOf(receiver.source) : undefined;
}

function pointer(type: GoType, json: unknown): GoPointer {
  return new GoPointer(pointerTo(type), new GoStruct(type, { json }, true));
}

function boxes(json: unknown): GoSource {
  const entries: { [key: string]: Box } = Object.create(null);
  if (isJsonObject(json)) for (const key of Object.keys(json)) entries[key] = { json: json[key] };
  return entries;
}

/** A getter of one kind of value: the zero value when it is of another kind. */
function kindOf(type: GoType, typeOf: string): (receiver: unknown) => unknown {
  return (receiver) => {
    const json = received(receiver);
    return wrap(type, typeof json === typeOf ? json : undefined);
  };
}

const format = (source: unknown) => goJsonValue(jsonOf(source));

/** `structpb.Value`: any JSON. */
export const valueType: GoType = {
  kind: 'struct',
  name: 'structpb.Value',
  protoMessage: true,
  encodeJSON: format,
  format,
  fields: new Map(),
  methods: new Map([
    method('AsInterface', (receiver) => received(receiver) ?? null),
    method('GetStringValue', kindOf(stringType, 'string')),
    method('GetNumberValue', kindOf(float64Type, 'number')),
    method('GetBoolValue', kindOf(boolType, 'boolean')),
    method('GetStructValue', (receiver) => {
      const json = received(receiver);
      return isJsonObject(json) ? pointer(structType, json) : wrap(pointerTo(structType), null);
    }),
    method('GetListValue', (receiver) => {
      const json = received(receiver);
      return Array.isArray(json)
        ? pointer(listValueType, json)
        : wrap(pointerTo(listValueType), null);
    }),
    method('String', (receiver) => goJsonValue(received(receiver))),
  ]),
};

const fieldsType = mapOf(pointerTo(valueType));
const valuesType = sliceOf(pointerTo(valueType));

function field(
  goName: string,
  jsonName: string,
  type: GoType,
  read: (source: GoSource) => unknown,
): [string, GoField] {
  return [goName, { goName, type, jsonName, omitEmpty: true, embedded: false, read }];
}

/** `structpb.Struct`: a JSON object. */
export const structType: GoType = {
  kind: 'struct',
  name: 'structpb.Struct',
  protoMessage: true,
  encodeJSON: format,
  format,
  fields: new Map([field('Fields', 'fields', fieldsType, (source) => boxes(jsonOf(source)))]),
  methods: new Map([
    method('GetFields', (receiver) => wrap(fieldsType, boxes(received(receiver)))),
    method('AsMap', (receiver) => received(receiver) ?? {}),
    method('String', (receiver) => goJsonValue(received(receiver))),
  ]),
};

/** `structpb.ListValue`: a JSON list. */
const listValueType: GoType = {
  kind: 'struct',
  name: 'structpb.ListValue',
  protoMessage: true,
  encodeJSON: format,
  format,
  fields: new Map([field('Values', 'values', valuesType, (source) => listBoxes(jsonOf(source)))]),
  methods: new Map([
    method('GetValues', (receiver) => wrap(valuesType, listBoxes(received(receiver)))),
    method('AsSlice', (receiver) => received(receiver) ?? []),
    method('String', (receiver) => goJsonValue(received(receiver))),
  ]),
};

function listBoxes(json: unknown): readonly Box[] {
  return Array.isArray(json) ? json.map((item: unknown) => ({ json: item })) : [];
}

/** Puts the JSON of a message's member into a box. */
export function boxed(json: unknown): Box | undefined {
  return json === undefined ? undefined : { json };
}
