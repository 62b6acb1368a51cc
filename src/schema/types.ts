/** A struct of the Kubernetes API, as the type table declares it. */
export interface StructSchema {
  /** Name in the table, unique: `Container`, `OpenShiftDeploymentStrategy`. */
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
}

/** A field of a Go struct declaration: a JSON member, or an embedded struct. */
export type DeclaredField =
  | FieldSchema
  /** `jsonName` is empty when the members stand among the parent's own. */
  | { readonly embedded: StructSchema; readonly jsonName: string };

/** What a field, a list element or a map value holds. */
export type TypeSchema =
  | {
      readonly kind: 'string' /** `string`, or a named type such as `v1.DNSPolicy`. */;
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
  | {
      readonly kind: 'map';
      readonly elem: TypeSchema /** Set for a named map type. */;
      readonly goName?: string;
    };

/** A list, and how a strategic merge treats it. */
export interface ListSchema {
  readonly kind: 'list';
  readonly elem: TypeSchema;
  /** Elements are merged by this member. */
  readonly mergeKey?: string;
  /** A set of scalars: merged as a union. */
  readonly set?: boolean;
}
