import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { FieldSchema, StructSchema, TypeSchema } from '../schema/types.ts';
import { compareBytes, jsonString, jsonText } from './json-string.ts';

/**
 * The JSON text that Go writes for a normal-form value of that type: compact, members in declaration
 * order, required members always there, map keys sorted by bytes, `<`, `>`, `&` escaped.
 * `undefined` is the type's zero value.
 */
export function encodeTyped(type: StructSchema | TypeSchema, value: JsonValue | undefined): string {
  return 'fields' in type ? encodeStruct(type, value ?? {}) : encodeValue(type, value);
}

function encodeValue(type: TypeSchema, value: JsonValue | undefined): string {
  if (value === undefined || value === null) return zeroText(type);
  switch (type.kind) {
    case 'struct':
      return encodeStruct(type.struct, value);
    case 'list':
      if (!Array.isArray(value)) break;
      return `[${value.map((element) => encodeValue(type.elem, element)).join(',')}]`;
    case 'map':
      if (!isJsonObject(value)) break;
      return encodeMap(type.elem, value);
    case 'raw':
      break;
    default:
      if (typeof value === 'string') return jsonString(value);
      if (typeof value !== 'object') return String(value);
  }
  return jsonText(value);
}

function encodeStruct(schema: StructSchema, value: JsonValue): string {
  if (!isJsonObject(value)) return jsonText(value);
  const members: string[] = [];
  for (const field of schema.fields) {
    const member = encodeField(field, value[field.jsonName]);
    if (member !== undefined) members.push(`"${field.jsonName}":${member}`);
  }
  if (schema.open === true) {
    for (const [key, member] of Object.entries(value)) {
      if (!schema.byName.has(key)) members.push(`${jsonString(key)}:${jsonText(member)}`);
    }
  }
  return `{${members.join(',')}}`;
}

function encodeField(field: FieldSchema, value: JsonValue | undefined): string | undefined {
  if (value !== undefined && value !== null) return encodeValue(field.type, value);
  if (!field.required) return undefined;
  return field.pointer ? 'null' : zeroText(field.type);
}

function encodeMap(elem: TypeSchema, value: JsonObject): string {
  const members = Object.keys(value)
    .sort(compareBytes)
    .map((key) => `${jsonString(key)}:${encodeValue(elem, value[key])}`);
  return `{${members.join(',')}}`;
}

/** What Go writes for a value that was never set. */
function zeroText(type: TypeSchema): string {
  switch (type.kind) {
    case 'string':
      return '""';
    case 'bool':
      return 'false';
    case 'int':
    case 'intOrString':
      return '0';
    case 'quantity':
      return '"0"';
    case 'struct':
      return encodeStruct(type.struct, {});
    case 'list':
    case 'map':
    case 'time':
    case 'raw':
      return 'null';
  }
}
