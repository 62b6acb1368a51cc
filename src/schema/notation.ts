import type { DeclaredField, FieldSchema, StructSchema, TypeSchema } from './types.ts';

/**
 * Structs by name, their fields as text. The notation, made to be read and to be short:
 *
 * - fields are separated by commas, in the order of Go's declaration (and so of Go's JSON);
 * - `name type`; without a type it is a string;
 * - `name!`: always written, even when zero;
 * - `*T` pointer, `[]T` list, `{}T` map with string keys, `~T` a named string type;
 * - `[]T by key`: a strategic merge matches elements by that member; `[]T as set`: a merged set;
 * - `...T`: an embedded struct whose members stand among the parent's; `name ...T`: one that has a JSON
 *   member of its own, but whose fields Go promotes all the same;
 * - `name=GoName` where the Go name is not the JSON name with its first letter capitalised
 *   ({@link goNameOf} knows the usual initialisms);
 * - a lone `*` at the end: other members are kept as they are.
 *
 * A struct is called `v1.<name>` in Go, unless its key says `<name> as <Go name>`.
 */
export type StructTable = { readonly [name: string]: string };

/** Finds a struct by its name in the table. */
export type StructLookup = (name: string) => StructSchema;

const goNames = new Map([
  ['apiGroup', 'APIGroup'],
  ['apiVersion', 'APIVersion'],
  ['dnsConfig', 'DNSConfig'],
  ['dnsPolicy', 'DNSPolicy'],
  ['fsGroup', 'FSGroup'],
  ['fsGroupChangePolicy', 'FSGroupChangePolicy'],
  ['fsType', 'FSType'],
  ['grpc', 'GRPC'],
  ['httpGet', 'HTTPGet'],
  ['httpHeaders', 'HTTPHeaders'],
  ['ip', 'IP'],
  ['os', 'OS'],
  ['seLinuxChangePolicy', 'SELinuxChangePolicy'],
  ['seLinuxOptions', 'SELinuxOptions'],
  ['tcpSocket', 'TCPSocket'],
  ['tty', 'TTY'],
  ['uid', 'UID'],
]);

/** The Go name that a JSON name has unless the table says otherwise. */
function goNameOf(jsonName: string): string {
  return goNames.get(jsonName) ?? jsonName.charAt(0).toUpperCase() + jsonName.slice(1);
}

const scalars = new Map<string, TypeSchema>([
  ['', { kind: 'string', goName: 'string' }],
  ['string', { kind: 'string', goName: 'string' }],
  ['bool', { kind: 'bool' }],
  ['int32', { kind: 'int', bits: 32 }],
  ['int64', { kind: 'int', bits: 64 }],
  ['raw', { kind: 'raw' }],
  ['Quantity', { kind: 'quantity' }],
  ['IntOrString', { kind: 'intOrString' }],
  ['Time', { kind: 'time' }],
  ['ResourceList', { kind: 'map', goName: 'v1.ResourceList', elem: { kind: 'quantity' } }],
]);

/** The name that Go prints for a named type of the table: `v1.` stands for every Kubernetes package. */
function qualified(name: string): string {
  return name.includes('.') ? name : `v1.${name}`;
}

/** A struct type that is looked up when it is first needed: types may contain each other. */
class StructByName {
  readonly kind = 'struct';
  readonly #name: string;
  readonly #lookup: StructLookup;
  #struct: StructSchema | undefined;

  constructor(name: string, lookup: StructLookup) {
    this.#name = name;
    this.#lookup = lookup;
  }

  get struct(): StructSchema {
    this.#struct ??= this.#lookup(this.#name);
    return this.#struct;
  }
}

function parseType(text: string, lookup: StructLookup): TypeSchema {
  const scalar = scalars.get(text);
  if (scalar !== undefined) return scalar;
  if (text.startsWith('[]')) {
    const [elemText = '', , mark] = text.slice(2).split(' ');
    const elem = parseType(elemText, lookup);
    if (mark === undefined) return { kind: 'list', elem };
    return mark === 'set'
      ? { kind: 'list', elem, set: true }
      : { kind: 'list', elem, mergeKey: mark };
  }
  if (text.startsWith('{}')) return { kind: 'map', elem: parseType(text.slice(2), lookup) };
  if (text.startsWith('~')) return { kind: 'string', goName: qualified(text.slice(1)) };
  return new StructByName(text, lookup);
}

// Read by hand: this runs when the program starts, before regular expressions are worth compiling.
function parseField(text: string, lookup: StructLookup): DeclaredField {
  const space = text.indexOf(' ');
  let name = space < 0 ? text : text.slice(0, space);
  let type = space < 0 ? '' : text.slice(space + 1);
  if (name.startsWith('...')) return { embedded: lookup(name.slice(3)), jsonName: '' };
  const required = name.endsWith('!');
  if (required) name = name.slice(0, -1);
  if (type.startsWith('...')) return { embedded: lookup(type.slice(3)), jsonName: name };
  const pointer = type.startsWith('*');
  if (pointer) type = type.slice(1);
  const equals = name.indexOf('=');
  const jsonName = equals < 0 ? name : name.slice(0, equals);
  const goName = equals < 0 ? goNameOf(name) : name.slice(equals + 1);
  return { jsonName, goName, type: parseType(type, lookup), pointer, required };
}

/** Members as JSON has them: those of nameless embedded structs take the embedding's place. */
function members(declared: DeclaredField): readonly FieldSchema[] {
  if (!('embedded' in declared)) return [declared];
  const { embedded, jsonName } = declared;
  const goName = embedded.goName.slice(embedded.goName.indexOf('.') + 1);
  if (jsonName !== '') {
    const type: TypeSchema = { kind: 'struct', struct: embedded };
    return [{ jsonName, goName, type, pointer: false, required: true }];
  }
  return embedded.fields.map((field) => ({
    ...field,
    through: field.through === undefined ? goName : `${goName}.${field.through}`,
  }));
}

/** Reads one struct of the table. Embedded structs are looked up at once, all others when needed. */
export function parseStruct(
  name: string,
  goName: string | undefined,
  text: string,
  lookup: StructLookup,
): StructSchema {
  const items = text.split(',').map((item) => item.trim());
  const open = items.at(-1) === '*';
  if (open) items.pop();
  const declared = items.map((item) => parseField(item, lookup));
  const fields = declared.flatMap(members);
  let folded: ReadonlyMap<string, FieldSchema> | undefined;
  return {
    name,
    goName: goName ?? qualified(name),
    fields,
    byName: new Map(fields.map((field) => [field.jsonName, field])),
    get byFoldedName() {
      folded ??= new Map(fields.map((field) => [field.jsonName.toLowerCase(), field]));
      return folded;
    },
    declared,
    open,
  };
}
