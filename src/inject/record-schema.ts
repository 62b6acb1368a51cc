/**
 * Shapes of the small JSON records that the engine itself keeps in annotations and environment variables,
 * in the terms of the type table, so that they are read and written by Go's rules like everything else.
 */
import type { FieldSchema, StructSchema, TypeSchema } from '../schema/index.ts';

/** Go's `string`. */
export const text: TypeSchema = { kind: 'string', goName: 'string' };
/** Go's `[]string`. */
export const textList: TypeSchema = { kind: 'list', elem: text };
/** Go's `int32`. */
export const integer: TypeSchema = { kind: 'int', bits: 32 };

/** A list of structs. */
export function listOf(struct: StructSchema): TypeSchema {
  return { kind: 'list', elem: { kind: 'struct', struct } };
}

/** A member of a record: always written, written unless zero, or a pointer written unless nil. */
export type Presence = 'always' | 'unless zero' | 'pointer';

/** A struct with the given members in the order of its JSON text. */
export function recordSchema(
  name: string,
  members: readonly (readonly [jsonName: string, type: TypeSchema, presence: Presence])[],
): StructSchema {
  const fields = members.map(
    ([jsonName, type, presence]): FieldSchema => ({
      jsonName,
      goName: jsonName.charAt(0).toUpperCase() + jsonName.slice(1),
      type,
      pointer: presence === 'pointer',
      required: presence === 'always',
    }),
  );
  return {
    name,
    goName: `inject.${name}`,
    fields,
    byName: new Map(fields.map((field) => [field.jsonName, field])),
    byFoldedName: new Map(fields.map((field) => [field.jsonName.toLowerCase(), field])),
    declared: fields,
  };
}
