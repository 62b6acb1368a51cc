import type { JsonValue } from '../json.ts';
import type { StructSchema, TypeSchema } from '../schema/types.ts';

/**
 * The JSON text that Go writes for a normal-form value of that type: compact, members in declaration
 * order, required members always there, map keys sorted by bytes, `<`, `>`, `&` escaped.
 * `undefined` is the type's zero value.
 */
export function encodeTyped(
  _type: StructSchema | TypeSchema,
  _value: JsonValue | undefined,
): string {
  throw new Error('not yet');
}
