import {
  type GoField,
  type GoMethod,
  type GoSource,
  GoStruct,
  type GoType,
  wrap,
} from './model.ts';

/** Reads one field of a struct as a template value. */
export type FieldReader = (struct: GoStruct) => unknown;

const readers = new WeakMap<GoType, Map<string, FieldReader | null>>();

/** The raw value that a field declares, before it is wrapped in its type. */
export function readRawField(field: GoField, source: GoSource): unknown {
  if (field.read !== undefined) return field.read(source);
  // An embedded struct without a JSON name of its own has its members among its parent's.
  if (field.jsonName === '') return field.embedded ? source : undefined;
  return Object.hasOwn(source, field.jsonName) ? source[field.jsonName] : undefined;
}

/** The reader of an exported field by its Go name, fields of embedded structs included. */
export function fieldReader(type: GoType, name: string): FieldReader | undefined {
  let known = readers.get(type);
  if (known === undefined) {
    known = new Map();
    readers.set(type, known);
  }
  let reader = known.get(name);
  if (reader === undefined) {
    reader = makeReader(type, name) ?? null;
    // Names come from template source, so this stays as small as the templates are.
    known.set(name, reader);
  }
  return reader ?? undefined;
}

function makeReader(type: GoType, name: string): FieldReader | undefined {
  const own = type.fields?.get(name);
  if (own !== undefined) {
    const fieldType = own.type;
    const struct = fieldType.kind === 'struct';
    return (value) => {
      const raw = readRawField(own, value.source);
      if (!struct || value.addressable) return wrap(fieldType, raw);
      const wrapped = wrap(fieldType, raw);
      return wrapped instanceof GoStruct ? new GoStruct(fieldType, wrapped.source, false) : wrapped;
    };
  }
  for (const field of type.fields?.values() ?? []) {
    if (!field.embedded) continue;
    const inner = fieldReader(field.type, name);
    if (inner === undefined) continue;
    return (value) => {
      const embedded = wrap(field.type, readRawField(field, value.source));
      return embedded instanceof GoStruct ? inner(embedded) : undefined;
    };
  }
  return undefined;
}

/** A method of a type by name, those of embedded structs included (they get the outer struct's source). */
export function findMethod(type: GoType, name: string): GoMethod | undefined {
  const own = type.methods?.get(name);
  if (own !== undefined) return own;
  for (const field of type.fields?.values() ?? []) {
    if (!field.embedded) continue;
    const inner = findMethod(field.type, name);
    if (inner === undefined) continue;
    return {
      ...inner,
      call: (receiver, args) =>
        inner.call(
          receiver instanceof GoStruct
            ? wrap(field.type, readRawField(field, receiver.source))
            : null,
          args,
        ),
    };
  }
  return undefined;
}
