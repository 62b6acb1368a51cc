import type { JsonObject, JsonValue } from '../json.ts';
import type { StructSchema } from '../schema/types.ts';

/** How {@link decode} reads. */
export interface DecodeOptions {
  /** Numbers and booleans aimed at string fields become strings (YAML read into a typed target). */
  readonly coerceScalars?: boolean;
}

/**
 * Reads a JSON value into a struct and gives its Go normal form: no unknown members, nulls or zero
 * values, canonical quantities and times. Parts that are normal already are returned as they are
 * (the same reference when nothing changed); the input is never changed. A required member (`resources`,
 * `name`, …) at its zero value is kept when it was there and not added when it was not: both mean the same.
 *
 * Throws a {@link DecodeError} for a value of the wrong type.
 */
export function decode(
  _schema: StructSchema,
  _value: JsonValue,
  _options: DecodeOptions = {},
): JsonObject {
  throw new Error('not yet');
}
