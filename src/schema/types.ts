/** A struct of the Kubernetes API, as the type table declares it. */
export interface StructSchema {
  /** Name in the table, unique: `Container`. */
  readonly name: string;
  /** As Go prints it: `v1.Container`. */
  readonly goName: string;
  /** Every member in the order of its JSON text; those of embedded structs stand where Go puts them. */
  readonly fields: readonly FieldSchema[];
  /** The same by JSON name. */
  readonly byName: ReadonlyMap<string, FieldSchema>;
  /** By lower-cased JSON name: Go accepts any spelling when it reads. */
  readonly byFoldedName: ReadonlyMap<string, FieldSchema>;
  /** The fields as Go declares them, embedded structs not yet taken apart. */
  readonly declared: readonly DeclaredField[];
  /** Members that the table does not list are kept as they are (the status of an object). */
  readonly open?: boolean;
}

/** A member of a struct's JSON object. */
export interface FieldSchema {
  readonly jsonName: string;
  /** Go name; through embedded structs it is reached without naming them. */
  readonly goName: string;
  readonly type: TypeSchema;
  /** A Go pointer: kept whenever it is present and not null, even at its zero value. */
  readonly pointer: boolean;
  /** Always written, even when zero (no `omitempty`, or a plain struct that Go cannot leave out). */
  readonly required: boolean;
  /** Embedded structs on the way to it, as decoding errors print them: `ProbeHandler`. */
  readonly through?: string;
}

/**
 * A field of a Go struct declaration: a JSON member, an embedded struct whose members stand among the
 * parent's own (`jsonName` empty), or one that has a JSON member of its own.
 */
export type DeclaredField =
  | FieldSchema
  | { readonly embedded: StructSchema; readonly jsonName: string };

/** What a field, a list element or a map value holds. */
export type TypeSchema =
  | {
      readonly kind: 'string' /** `string` or a named type: `v1.DNSPolicy`. */;
      readonly goName: string;
    }
  | { readonly kind: 'bool' }
  | { readonly kind: 'int'; readonly bits: 32 | 64 }
  | { readonly kind: 'quantity' }
  | { readonly kind: 'intOrString' }
  | { readonly kind: 'time' }
  /** Any JSON, kept as it is. */
  | { readonly kind: 'raw' }
  | { readonly kind: 'struct'; readonly struct: StructSchema }
  | ListSchema
  | MapSchema;

/** A list, and how a strategic merge treats it: as a whole, unless one of the marks is there. */
export interface ListSchema {
  readonly kind: 'list';
  readonly elem: TypeSchema;
  /** Elements are merged by this member. */
  readonly mergeKey?: string;
  /** A set of scalars: merged as a union. */
  readonly set?: boolean;
}

/** A map with string keys. */
export interface MapSchema {
  readonly kind: 'map';
  readonly elem: TypeSchema;
  /** Of a named map type: `v1.ResourceList`. */
  readonly goName?: string;
}

/** The type's name as Go prints it: `[]v1.Container`. */
export function goTypeName(type: TypeSchema): string {
  switch (type.kind) {
    case 'string':
      return type.goName;
    case 'bool':
      return 'bool';
    case 'int':
      return type.bits === 32 ? 'int32' : 'int64';
    case 'quantity':
      return 'resource.Quantity';
    case 'intOrString':
      return 'intstr.IntOrString';
    case 'time':
      return 'v1.Time';
    case 'raw':
      return 'v1.FieldsV1';
    case 'struct':
      return type.struct.goName;
    case 'list':
      return `[]${goTypeName(type.elem)}`;
    case 'map':
      return type.goName ?? `map[string]${goTypeName(type.elem)}`;
  }
}
