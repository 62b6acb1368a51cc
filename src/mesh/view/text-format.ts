import { compareUtf8 } from '../../gotemplate/value/utf8.ts';
import type { MessageDescriptor, ValueType } from '../descriptor/descriptor.ts';
import { goJsonValue } from '../json/go-json-text.ts';
import type { Duration, Message } from '../message.ts';

/**
 * A message as its `String()` prints it, protobuf's text format on one line. Go puts one or two blanks
 * between members at random, so that nobody relies on it; here it is always one.
 */
export function textFormat(descriptor: MessageDescriptor, message: Message): string {
  const parts: string[] = [];
  for (const field of descriptor.fields) {
    const value = message[field.jsonName];
    if (value === undefined) continue;
    const add = (text: string) => parts.push(`${field.protoName}:${text}`);
    if (field.label === 'list') {
      for (const item of value as readonly unknown[]) add(valueText(field.type, item));
    } else if (field.label === 'map') {
      const entries = Object.entries(value as Message).sort(([a], [b]) => compareUtf8(a, b));
      for (const [key, item] of entries) {
        add(`{key:${JSON.stringify(key)} value:${valueText(field.type, item)}}`);
      }
    } else {
      add(valueText(field.type, value));
    }
  }
  return parts.join(' ');
}

function valueText(type: ValueType, value: unknown): string {
  switch (type.kind) {
    case 'message':
      return `{${textFormat(type.message, value as Message)}}`;
    case 'enum':
      return type.enum.names.get(value as number) ?? String(value);
    case 'wrapper':
      return value ? `{value:${valueText({ kind: type.scalar }, value)}}` : '{}';
    case 'duration': {
      const { seconds, nanos } = value as Duration;
      const parts = [
        seconds === 0 ? '' : `seconds:${seconds}`,
        nanos === 0 ? '' : `nanos:${nanos}`,
      ];
      return `{${parts.filter((part) => part !== '').join(' ')}}`;
    }
    case 'struct':
    case 'value':
      return goJsonValue(value);
    case 'string':
      return JSON.stringify(value);
    default:
      return String(value);
  }
}
