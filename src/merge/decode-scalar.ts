import type { JsonValue } from '../json.ts';
import { RecentValues } from '../recent-values.ts';
import { canonicalQuantity, QuantityError } from '../schema/quantity.ts';
import { canonicalTime, TimeError, zeroTime } from '../schema/time.ts';
import type { TypeSchema } from '../schema/types.ts';

/** The types whose values have no parts that the schema knows. */
export type ScalarType = Exclude<TypeSchema, { kind: 'struct' | 'list' | 'map' }>;

/**
 * A decoded value (`undefined`: the zero time), the Go type that the value does not fit, or the message
 * of a type that reads its own text.
 */
export type ScalarResult =
  | { readonly ok: true; readonly value: JsonValue | undefined }
  | { readonly ok: false; readonly expected: string }
  | { readonly ok: false; readonly message: string };

const int32Limit = 2 ** 31;
const int64Limit = 2 ** 63;

function isInteger(value: JsonValue, bits: 32 | 64): value is number {
  const limit = bits === 32 ? int32Limit : int64Limit;
  return Number.isInteger(value) && (value as number) >= -limit && (value as number) < limit;
}

/** Reads a scalar by its type. With `coerce`, numbers and booleans are taken for strings. */
export function decodeScalar(
  type: ScalarType,
  value: Exclude<JsonValue, null>,
  coerce: boolean,
): ScalarResult {
  switch (type.kind) {
    case 'string':
      if (typeof value === 'string') return { ok: true, value };
      if (coerce && typeof value === 'number') return { ok: true, value: numberText(value) };
      if (coerce && typeof value === 'boolean') return { ok: true, value: String(value) };
      return { ok: false, expected: type.goName };
    case 'bool':
      return typeof value === 'boolean' ? { ok: true, value } : { ok: false, expected: 'bool' };
    case 'int':
      return isInteger(value, type.bits)
        ? { ok: true, value }
        : { ok: false, expected: `int${type.bits}` };
    case 'intOrString':
      return typeof value === 'string' || isInteger(value, 32)
        ? { ok: true, value }
        : { ok: false, expected: 'int32' };
    case 'quantity':
      return quantity(value);
    case 'time':
      return typeof value === 'string' ? time(value) : { ok: false, expected: 'string' };
    case 'raw':
      return { ok: true, value };
  }
}

/** Quantities are written in few ways, and reading one takes several searches. */
const canonical = new RecentValues(canonicalQuantity, { most: 512, longestText: 24 });

function quantity(value: Exclude<JsonValue, null>): ScalarResult {
  try {
    // Go hands the quantity its JSON text whatever it is; only strings and numbers can be right.
    const text = typeof value === 'string' || typeof value === 'number' ? value : 'not a number';
    return { ok: true, value: canonical.get(String(text)) };
  } catch (error) {
    if (error instanceof QuantityError) return { ok: false, message: error.message };
    throw error;
  }
}

function time(value: string): ScalarResult {
  try {
    const text = canonicalTime(value);
    return { ok: true, value: text === zeroTime ? undefined : text };
  } catch (error) {
    if (error instanceof TimeError) return { ok: false, message: error.message };
    throw error;
  }
}

/** A number as a YAML scalar that a string field takes: whole in decimal, others shortest for a float32. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const float = Math.fround(value);
  let digits = 1;
  while (digits < 9 && Math.fround(Number(float.toPrecision(digits))) !== float) digits += 1;
  const shortest = float.toExponential(digits - 1);
  const [mantissa = '', power = '0'] = shortest.split('e');
  const exponent = Number(power);
  // Where Go's shortest %g changes to the exponent form.
  if (exponent >= -4 && exponent < 6) return String(Number(shortest));
  const padded = String(Math.abs(exponent)).padStart(2, '0');
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${padded}`;
}

/** The value that null stands for in a list or a map. */
export function zeroElement(type: TypeSchema): JsonValue {
  switch (type.kind) {
    case 'string':
      return '';
    case 'bool':
      return false;
    case 'int':
    case 'intOrString':
      return 0;
    case 'quantity':
      return '0';
    case 'struct':
    case 'map':
      return {};
    case 'list':
      return [];
    case 'time':
    case 'raw':
      return null;
  }
}
