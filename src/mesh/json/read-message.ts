import type { JsonObject, JsonValue } from '../../json.ts';
import { isJsonObject } from '../../json.ts';
import type { FieldDescriptor, MessageDescriptor, ValueType } from '../descriptor/descriptor.ts';
import type { Message } from '../message.ts';
import { parseGoDuration } from './go-duration.ts';
import { MessageError } from './message-error.ts';
import { cannotUnmarshal, readEnum, readScalar } from './read-leaf.ts';

type MutableMessage = { [field: string]: unknown };

/**
 * Reads JSON onto a message in the legacy protobuf mapping (golang/protobuf jsonpb behind
 * pkg/util/protomarshal): a member that is there replaces the target's wholesale, null leaves it, unknown
 * members are ignored, JSON names win over .proto names. Null for the whole gives `onto` back.
 * Throws {@link MessageError}.
 */
export function readMessage<M extends Message>(
  descriptor: MessageDescriptor,
  json: JsonValue,
  onto: M,
): M {
  return readOnto(descriptor, json, onto, '') as M;
}

function readOnto(
  descriptor: MessageDescriptor,
  json: JsonValue,
  onto: Message,
  path: string,
): Message {
  if (json === null) return onto;
  if (!isJsonObject(json)) throw cannotUnmarshal(json, 'map[string]json.RawMessage', path);
  const out: MutableMessage = { ...onto };
  for (const field of descriptor.fields) {
    const given = memberOf(json, field);
    if (given === undefined) continue;
    // Only google.protobuf.Value has a value of its own for null.
    if (given === null && !(field.label === 'single' && field.type.kind === 'value')) continue;
    const value = readField(field, given, join(path, field.jsonName));
    if (field.oneof !== undefined) {
      for (const member of field.oneof.members) delete out[member.jsonName];
    }
    if (isZero(field, value)) delete out[field.jsonName];
    else out[field.jsonName] = value;
  }
  return out;
}

function memberOf(json: JsonObject, field: FieldDescriptor): JsonValue | undefined {
  if (Object.hasOwn(json, field.jsonName)) return json[field.jsonName];
  return Object.hasOwn(json, field.protoName) ? json[field.protoName] : undefined;
}

function readField(field: FieldDescriptor, json: JsonValue, path: string): unknown {
  if (field.label === 'list') {
    if (!Array.isArray(json)) throw cannotUnmarshal(json, '[]json.RawMessage', path);
    return json.map((item, at) => readValue(field.type, item, `${path}[${at}]`));
  }
  if (field.label === 'map') {
    if (!isJsonObject(json)) throw cannotUnmarshal(json, 'map[string]json.RawMessage', path);
    // Without a prototype no key, `__proto__` included, means anything.
    const entries: MutableMessage = Object.create(null);
    for (const key of Object.keys(json)) {
      entries[key] = readValue(field.type, json[key] ?? null, join(path, key));
    }
    return entries;
  }
  return readValue(field.type, json, path);
}

function readValue(type: ValueType, json: JsonValue, path: string): unknown {
  switch (type.kind) {
    case 'message':
      return readOnto(type.message, json, {}, path);
    case 'enum':
      return readEnum(type.enum, json, path);
    case 'wrapper':
      return readScalar(type.scalar, json, path);
    case 'duration':
      return readDuration(json, path);
    case 'struct':
      if (json === null) return {};
      if (!isJsonObject(json)) {
        const { detail } = cannotUnmarshal(json, 'map[string]json.RawMessage', path);
        throw new MessageError(`bad StructValue: ${detail}`, path);
      }
      return json;
    case 'value':
      return json;
    default:
      return readScalar(type.kind, json, path);
  }
}

function readDuration(json: JsonValue, path: string): unknown {
  if (json === null) return { seconds: 0, nanos: 0 };
  if (typeof json !== 'string') throw cannotUnmarshal(json, 'string', path);
  try {
    return parseGoDuration(json);
  } catch (error) {
    throw new MessageError(`bad Duration: ${error instanceof Error ? error.message : error}`, path);
  }
}

function isZero(field: FieldDescriptor, value: unknown): boolean {
  if (field.presence) return false;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0;
  return value === '' || value === false || Object.is(value, 0);
}

function join(path: string, member: string): string {
  return path === '' ? member : `${path}.${member}`;
}
