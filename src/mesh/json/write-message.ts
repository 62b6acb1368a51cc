import { compareUtf8 } from '../../gotemplate/value/utf8.ts';
import type { FieldDescriptor, MessageDescriptor, ValueType } from '../descriptor/descriptor.ts';
import type { Duration, Message } from '../message.ts';
import { protoDurationText } from './go-duration.ts';
import { goJsonNumber, goJsonString, goJsonValue } from './go-json-text.ts';

/**
 * Writes a message in the legacy protobuf mapping: compact, members in declaration order, a oneof at the
 * place of its first member, unset members left out.
 */
export function writeMessage(descriptor: MessageDescriptor, message: Message): string {
  let members = '';
  for (const field of descriptor.fields) {
    const value = message[field.jsonName];
    if (value === undefined) continue;
    members += `${members === '' ? '' : ','}"${field.jsonName}":${writeField(field, value)}`;
  }
  return `{${members}}`;
}

function writeField(field: FieldDescriptor, value: unknown): string {
  if (field.label === 'list') {
    const items = value as readonly unknown[];
    return `[${items.map((item) => writeValue(field.type, item)).join(',')}]`;
  }
  if (field.label === 'map') {
    const entries = Object.entries(value as Message).sort(([a], [b]) => compareUtf8(a, b));
    const members = entries.map(
      ([key, item]) => `${goJsonString(key)}:${writeValue(field.type, item)}`,
    );
    return `{${members.join(',')}}`;
  }
  return writeValue(field.type, value);
}

/** Writes one value of that type: an element, or a message that stands alone. */
function writeValue(type: ValueType, value: unknown): string {
  switch (type.kind) {
    case 'message':
      return writeMessage(type.message, value as Message);
    case 'enum': {
      const name = type.enum.names.get(value as number);
      return name === undefined ? String(value) : `"${name}"`;
    }
    case 'wrapper':
      return writeValue({ kind: type.scalar }, value);
    case 'duration':
      return `"${protoDurationText(value as Duration)}"`;
    case 'struct':
    case 'value':
      return goJsonValue(value);
    case 'string':
      return goJsonString(value as string);
    case 'double':
      return goJsonNumber(value as number);
    case 'int64':
      return `"${value}"`;
    default:
      return String(value);
  }
}
