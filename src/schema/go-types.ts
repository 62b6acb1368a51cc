import type { GoField, GoMethod, GoType } from '../gotemplate/value/model.ts';
import {
  anyType,
  boolType,
  GoStruct,
  int32Type,
  int64Type,
  mapOf,
  pointerTo,
  sliceOf,
  stringType,
  wrap,
} from '../gotemplate/value/model.ts';
import { intOrStringType } from './go-int-or-string.ts';
import { quantityType, resourceListType } from './go-quantity.ts';
import { timeType } from './go-time.ts';
import { isNamedString, structByGoName } from './struct-schema.ts';
import type { DeclaredField, FieldSchema, StructSchema, TypeSchema } from './types.ts';

/** Types by name: one object each, because types are compared by identity. */
const types = new Map<string, GoType>([
  ['interface {}', anyType],
  ['string', stringType],
  ['bool', boolType],
  ['int32', int32Type],
  ['int64', int64Type],
  [quantityType.name, quantityType],
  [resourceListType.name, resourceListType],
  [intOrStringType.name, intOrStringType],
  [timeType.name, timeType],
]);

/** `metav1.FieldsV1`, which nobody looks into. */
const rawType: GoType = {
  kind: 'struct',
  name: 'v1.FieldsV1',
  fields: new Map(),
  encodeJSON: (source) => JSON.stringify(source) ?? 'null',
};

function typeOf(type: TypeSchema): GoType {
  switch (type.kind) {
    case 'string':
      return named(type.goName, () => ({ kind: 'string', name: type.goName }));
    case 'bool':
      return boolType;
    case 'int':
      return type.bits === 32 ? int32Type : int64Type;
    case 'quantity':
      return quantityType;
    case 'intOrString':
      return intOrStringType;
    case 'time':
      return timeType;
    case 'raw':
      return rawType;
    case 'struct':
      return structType(type.struct);
    case 'list':
      return sliceOf(typeOf(type.elem));
    case 'map':
      return type.goName === undefined ? mapOf(typeOf(type.elem)) : goType(type.goName);
  }
}

function named(name: string, make: () => GoType): GoType {
  let type = types.get(name);
  if (type === undefined) {
    type = make();
    types.set(name, type);
  }
  return type;
}

function member(field: FieldSchema): GoField {
  const type = typeOf(field.type);
  return {
    goName: field.goName,
    type: field.pointer ? pointerTo(type) : type,
    jsonName: field.jsonName,
    omitEmpty: !field.required,
    embedded: false,
  };
}

function field(declared: DeclaredField): GoField {
  if (!('embedded' in declared)) return member(declared);
  const { embedded, jsonName } = declared;
  return {
    goName: embedded.goName.slice(embedded.goName.indexOf('.') + 1),
    type: structType(embedded),
    jsonName,
    omitEmpty: false,
    embedded: true,
    // Members of an embedded struct without a JSON name stand among the parent's own.
    ...(jsonName === '' ? { read: (source) => source } : {}),
  };
}

/** `GetName` and its like, which only object metadata has. */
function getters(schema: StructSchema): ReadonlyMap<string, GoMethod> {
  const methods = schema.fields.map((field): [string, GoMethod] => {
    const name = `Get${field.goName}`;
    return [
      name,
      {
        name,
        in: [],
        pointerOnly: true,
        call: (receiver) => {
          const source = receiver instanceof GoStruct ? receiver.source : {};
          const raw = Object.hasOwn(source, field.jsonName) ? source[field.jsonName] : undefined;
          return wrap(member(field).type, raw);
        },
      },
    ];
  });
  return new Map(methods);
}

function structType(schema: StructSchema): GoType {
  return named(schema.goName, () => {
    let fields: ReadonlyMap<string, GoField> | undefined;
    let methods: ReadonlyMap<string, GoMethod> | undefined;
    const hasGetters = schema.name === 'ObjectMeta';
    return {
      kind: 'struct',
      name: schema.goName,
      // Built when first looked at: most renders touch a dozen of the hundred and seventy structs.
      get fields() {
        fields ??= new Map(schema.declared.map(field).map((each) => [each.goName, each]));
        return fields;
      },
      get methods() {
        methods ??= hasGetters ? getters(schema) : new Map();
        return methods;
      },
    };
  });
}

/**
 * The Go type of that name as templates see it, such as `v1.PodSpec`, `*v1.Container` or `[]v1.Volume`.
 * Built on first use, and the same object every time. Throws a RangeError for a name that the table does
 * not hold.
 *
 * A struct's source is its JSON object in normal form; an embedded struct without a JSON name is backed
 * by the source of the struct around it.
 */
export function goType(name: string): GoType {
  const known = types.get(name);
  if (known !== undefined) return known;
  if (name.startsWith('*')) return pointerTo(goType(name.slice(1)));
  if (name.startsWith('[]')) return sliceOf(goType(name.slice(2)));
  if (name.startsWith('map[string]')) return mapOf(goType(name.slice('map[string]'.length)));
  const struct = structByGoName(name);
  if (struct !== undefined) return structType(struct);
  if (isNamedString(name)) return typeOf({ kind: 'string', goName: name });
  throw new RangeError(`the type table has no ${name}`);
}
