import type { GoField, GoMethod, GoSource, GoType } from '../../gotemplate/value/model.ts';
import {
  GoPointer,
  GoStruct,
  mapOf,
  pointerTo,
  sliceOf,
  wrap,
} from '../../gotemplate/value/model.ts';
import type {
  FieldDescriptor,
  MessageDescriptor,
  OneofDescriptor,
  ValueType,
} from '../descriptor/descriptor.ts';
import { goCamelCase, goTypeName } from '../descriptor/proto-names.ts';
import { hasType } from '../descriptor/registry.ts';
import { writeMessage } from '../json/write-message.ts';
import type { Message } from '../message.ts';
import { durationType } from './duration-view.ts';
import { enumType } from './enum-view.ts';
import { method } from './method.ts';
import { boxed, structType, valueType } from './struct-view.ts';
import { textFormat } from './text-format.ts';
import { scalarTypes, wrapperType } from './wrapper-view.ts';

const types = new WeakMap<MessageDescriptor, MessageType>();

/** The Go struct of a message. One per descriptor. */
export function messageType(descriptor: MessageDescriptor): GoType {
  let type = types.get(descriptor);
  if (type === undefined) {
    type = new MessageType(descriptor);
    types.set(descriptor, type);
  }
  return type;
}

/**
 * Members are made when a template first asks for them: most messages are never looked at. The struct is
 * backed by the message itself.
 */
class MessageType implements GoType {
  readonly kind = 'struct';
  readonly name: string;
  readonly protoMessage = true;
  readonly encodeJSON: (source: unknown) => string;
  readonly format: (source: unknown) => string;
  readonly #descriptor: MessageDescriptor;
  #fields: ReadonlyMap<string, GoField> | undefined;
  #methods: ReadonlyMap<string, GoMethod> | undefined;

  constructor(descriptor: MessageDescriptor) {
    this.#descriptor = descriptor;
    this.name = goTypeName(descriptor.fullName);
    this.encodeJSON = (source) => writeMessage(descriptor, source as Message);
    this.format = (source) => textFormat(descriptor, source as Message);
  }

  get fields(): ReadonlyMap<string, GoField> {
    this.#fields ??= structFields(this.#descriptor);
    return this.#fields;
  }

  get methods(): ReadonlyMap<string, GoMethod> {
    this.#methods ??= structMethods(this.#descriptor, this.fields);
    return this.#methods;
  }
}

function structFields(descriptor: MessageDescriptor): ReadonlyMap<string, GoField> {
  const fields = new Map<string, GoField>();
  for (const member of descriptor.fields) {
    const field =
      member.oneof === undefined ? goField(member) : oneofField(descriptor, member.oneof);
    fields.set(field.goName, field);
  }
  return fields;
}

function structMethods(
  descriptor: MessageDescriptor,
  fields: ReadonlyMap<string, GoField>,
): ReadonlyMap<string, GoMethod> {
  const getters = [...fields.values()];
  for (const member of descriptor.fields) {
    if (member.oneof !== undefined) getters.push(goField(member));
  }
  return new Map([
    ...getters.map((field) => method(`Get${field.goName}`, (receiver) => get(field, receiver))),
    method('String', (receiver) =>
      receiver instanceof GoStruct ? textFormat(descriptor, receiver.source) : '',
    ),
  ]);
}

/** Getters work on nil pointers, where every field has its zero value. */
function get(field: GoField, receiver: unknown): unknown {
  if (!(receiver instanceof GoStruct)) return wrap(field.type, undefined);
  const { source } = receiver;
  return wrap(field.type, field.read === undefined ? source[field.jsonName] : field.read(source));
}

function goField({ jsonName, protoName, label, type }: FieldDescriptor): GoField {
  const elem = goType(type);
  const field: GoField = {
    goName: goCamelCase(protoName),
    type: label === 'list' ? sliceOf(elem) : label === 'map' ? mapOf(elem) : elem,
    jsonName,
    omitEmpty: true,
    embedded: false,
  };
  return type.kind === 'struct' || type.kind === 'value'
    ? { ...field, read: (source) => boxed(source[jsonName]) }
    : field;
}

function goType(type: ValueType): GoType {
  switch (type.kind) {
    case 'message':
      return pointerTo(messageType(type.message));
    case 'enum':
      return enumType(type.enum);
    case 'duration':
      return pointerTo(durationType);
    case 'wrapper':
      return pointerTo(wrapperType(type.scalar));
    case 'struct':
      return pointerTo(structType);
    case 'value':
      return pointerTo(valueType);
    default:
      return scalarTypes[type.kind];
  }
}

/** A oneof is a field of an interface type, holding a pointer to a struct with the one member. */
function oneofField(descriptor: MessageDescriptor, oneof: OneofDescriptor): GoField {
  const goName = goCamelCase(oneof.protoName);
  const [packageName, message] = splitGoName(goTypeName(descriptor.fullName));
  const holders = oneof.members.map((member): [string, GoType] => [
    member.jsonName,
    holderType(descriptor, member),
  ]);
  return {
    goName,
    type: { kind: 'interface', name: `${packageName}.is${message}_${goName}` },
    jsonName: '',
    omitEmpty: false,
    embedded: false,
    read: (source) => {
      for (const [member, holder] of holders) {
        if (source[member] !== undefined) {
          return new GoPointer(pointerTo(holder), new GoStruct(holder, source, true));
        }
      }
      return null;
    },
  };
}

function holderType(descriptor: MessageDescriptor, member: FieldDescriptor): GoType {
  const field = goField(member);
  // protoc-gen-go avoids the name of a nested message or enum.
  const taken = hasType(`${descriptor.fullName}.${field.goName}`);
  const name = `${goTypeName(descriptor.fullName)}_${field.goName}${taken ? '_' : ''}`;
  return { kind: 'struct', name, fields: new Map([[field.goName, field]]) };
}

function splitGoName(name: string): [string, string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}

/** Makes the pointer that templates get for a message; the same pointer for the same message. */
export function pointerViews(
  descriptor: MessageDescriptor,
): (message: GoSource | null) => GoPointer {
  const type = messageType(descriptor);
  const nil = new GoPointer(pointerTo(type), null);
  const pointers = new WeakMap<GoSource, GoPointer>();
  return (message) => {
    if (message === null) return nil;
    let pointer = pointers.get(message);
    if (pointer === undefined) {
      pointer = new GoPointer(pointerTo(type), new GoStruct(type, message, true));
      pointers.set(message, pointer);
    }
    return pointer;
  };
}
