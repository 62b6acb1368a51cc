import type {
  EnumDescriptor,
  FieldDescriptor,
  MessageDescriptor,
  OneofDescriptor,
  ScalarKind,
  ValueType,
} from './descriptor.ts';
import { extensionProviderTypes } from './extension-provider-types.ts';
import { meshConfigTypes } from './mesh-config-types.ts';
import { networkingBetaTypes, networkingTypes } from './networking-types.ts';
import { snakeCase } from './proto-names.ts';
import { proxyConfigTypes } from './proxy-config-types.ts';
import type { TypeTable } from './type-table.ts';
import { valuesTypes } from './values-types.ts';

const scalars: ReadonlySet<string> = new Set<ScalarKind>([
  'string',
  'bool',
  'int32',
  'uint32',
  'int64',
  'double',
]);
const wellKnown: ReadonlyMap<string, ValueType> = new Map([
  ['Duration', { kind: 'duration' }],
  ['Struct', { kind: 'struct' }],
  ['Value', { kind: 'value' }],
]);
/** Short names of packages that the tables refer to across packages. */
const packageAliases: ReadonlyMap<string, string> = new Map([
  ['networking', networkingTypes.package],
]);

type Entry = { readonly text: string; readonly table: TypeTable };
const messageTexts = new Map<string, Entry>();
const enumTexts = new Map<string, Entry>();
for (const table of [
  proxyConfigTypes,
  meshConfigTypes,
  extensionProviderTypes,
  networkingTypes,
  networkingBetaTypes,
  valuesTypes,
]) {
  for (const [name, text] of Object.entries(table.messages)) {
    messageTexts.set(`${table.package}.${name}`, { text, table });
  }
  for (const [name, text] of Object.entries(table.enums)) {
    enumTexts.set(`${table.package}.${name}`, { text, table });
  }
}

const messages = new Map<string, MessageDescriptor>();
const enums = new Map<string, EnumDescriptor>();

/** A text is read when somebody first asks for the members: most types are never used. */
class LazyMessage implements MessageDescriptor {
  readonly fullName: string;
  readonly #entry: Entry;
  #fields: readonly FieldDescriptor[] | undefined;
  constructor(fullName: string, entry: Entry) {
    this.fullName = fullName;
    this.#entry = entry;
  }
  get fields(): readonly FieldDescriptor[] {
    this.#fields ??= parseMessage(this.fullName, this.#entry);
    return this.#fields;
  }
}

/** The message of that full name, such as `istio.mesh.v1alpha1.ProxyConfig`. */
export function messageDescriptor(fullName: string): MessageDescriptor {
  const known = messages.get(fullName);
  if (known !== undefined) return known;
  const entry = messageTexts.get(fullName);
  if (entry === undefined) throw new Error(`no message ${fullName} in the type tables`);
  const message = new LazyMessage(fullName, entry);
  messages.set(fullName, message);
  return message;
}

/** True when the tables have a message or enum of that full name. */
export function hasType(fullName: string): boolean {
  return messageTexts.has(fullName) || enumTexts.has(fullName);
}

/** Full names of all messages of the tables. */
export function messageNames(): readonly string[] {
  return [...messageTexts.keys()];
}

function enumDescriptor(fullName: string, text: string): EnumDescriptor {
  const known = enums.get(fullName);
  if (known !== undefined) return known;
  const names = new Map<number, string>();
  const numbers = new Map<string, number>();
  let next = 0;
  for (const item of words(text)) {
    const [name = '', number] = item.split('=');
    if (number !== undefined) next = Number(number);
    names.set(next, name);
    numbers.set(name, next);
    next++;
  }
  const made = { fullName, names, numbers };
  enums.set(fullName, made);
  return made;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function parseMessage(fullName: string, entry: Entry): readonly FieldDescriptor[] {
  const fields: FieldDescriptor[] = [];
  for (const part of entry.text.split(';')) {
    const [first = '', ...rest] = words(part);
    if (first === '') continue;
    if (first.endsWith(':')) {
      const members: FieldDescriptor[] = [];
      const oneof: OneofDescriptor = { protoName: first.slice(0, -1), members };
      for (const alternative of rest.join(' ').split('|')) {
        members.push(parseField(fullName, entry.table, alternative, oneof));
      }
      fields.push(...members);
    } else {
      fields.push(parseField(fullName, entry.table, part, undefined));
    }
  }
  return fields;
}

function parseField(
  scope: string,
  table: TypeTable,
  text: string,
  oneof: OneofDescriptor | undefined,
): FieldDescriptor {
  const [names = '', typeText = ''] = words(text);
  const [jsonName = '', spelled] = names.split('=');
  const protoName = spelled ?? (table.protoNames === 'same' ? jsonName : snakeCase(jsonName));
  const label = typeText.startsWith('[]') ? 'list' : typeText.startsWith('{}') ? 'map' : 'single';
  const type = valueType(scope, label === 'single' ? typeText : typeText.slice(2));
  const explicit = oneof !== undefined || !(scalars.has(type.kind) || type.kind === 'enum');
  return { jsonName, protoName, label, type, oneof, presence: label === 'single' && explicit };
}

function valueType(scope: string, text: string): ValueType {
  if (text.startsWith('?')) return { kind: 'wrapper', scalar: text.slice(1) as ScalarKind };
  if (scalars.has(text)) return { kind: text as ScalarKind };
  const special = wellKnown.get(text);
  if (special !== undefined) return special;
  const fullName = resolve(scope, text);
  const enumEntry = enumTexts.get(fullName);
  if (enumEntry !== undefined) {
    return { kind: 'enum', enum: enumDescriptor(fullName, enumEntry.text) };
  }
  return { kind: 'message', message: messageDescriptor(fullName) };
}

function resolve(scope: string, name: string): string {
  for (let within = scope; within !== ''; within = within.slice(0, within.lastIndexOf('.'))) {
    const candidate = `${within}.${name}`;
    if (hasType(candidate)) return candidate;
    if (!within.includes('.')) break;
  }
  const dot = name.indexOf('.');
  const alias = packageAliases.get(name.slice(0, dot));
  return alias === undefined ? name : `${alias}${name.slice(dot)}`;
}
