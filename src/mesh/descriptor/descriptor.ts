/** The kinds of leaf values, by their names in .proto files. */
export type ScalarKind = 'string' | 'bool' | 'int32' | 'uint32' | 'int64' | 'double';

/** The type of a member, of the elements of a list, or of the values of a map. */
export type ValueType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'enum'; readonly enum: EnumDescriptor }
  | { readonly kind: 'message'; readonly message: MessageDescriptor }
  | { readonly kind: 'wrapper'; readonly scalar: ScalarKind }
  | { readonly kind: 'duration' | 'struct' | 'value' };

export interface EnumDescriptor {
  readonly fullName: string;
  readonly names: ReadonlyMap<number, string>;
  readonly numbers: ReadonlyMap<string, number>;
}

export interface FieldDescriptor {
  readonly jsonName: string;
  readonly protoName: string;
  readonly label: 'single' | 'list' | 'map';
  readonly type: ValueType;
  readonly oneof: OneofDescriptor | undefined;
  /** Set to zero differs from unset: wrappers, messages, durations and members of a oneof. */
  readonly presence: boolean;
}

export interface OneofDescriptor {
  readonly protoName: string;
  readonly members: readonly FieldDescriptor[];
}

export interface MessageDescriptor {
  readonly fullName: string;
  /** In declaration order. */
  readonly fields: readonly FieldDescriptor[];
}
