import { readFloat } from '../parse/read-float.ts';
import { readInt } from '../parse/read-integer.ts';
import { GoInt, GoPointer, int64Type, intType } from '../value/model.ts';

/**
 * sprig's conversions of anything to numbers (spf13/cast): text is read with Go's syntax, nil and whatever
 * makes no sense is 0.
 */

const least64 = -(2n ** 63n);

/** A float as an int64: truncated; what does not fit is the least integer, as on amd64. */
function truncated(value: number): bigint {
  if (!Number.isFinite(value)) return least64;
  const whole = BigInt(Math.trunc(value));
  return BigInt.asIntN(64, whole) === whole ? whole : least64;
}

const withFraction = /^([-+]?[0-9]*)\.[0-9]*$/;
const integerText = /^[-+]?[0-9a-zA-Z_]+$/;

/** `"010"` is 8, `"0x1F"` 31, `"1.9"` 1; no number is 0. */
function integerIn(text: string): bigint {
  const plain = withFraction.exec(text)?.[1] ?? text;
  return integerText.test(plain) ? (readInt(plain) ?? 0n) : 0n;
}

export function toBigInt(value: unknown): bigint {
  switch (typeof value) {
    case 'number':
      return truncated(value);
    case 'string':
      return integerIn(value);
    case 'boolean':
      return value ? 1n : 0n;
    default:
      if (value instanceof GoInt) return BigInt.asIntN(64, BigInt(value.value));
      return value instanceof GoPointer && value.target !== null ? toBigInt(value.target) : 0n;
  }
}

/** An `int` as a number, for indexes; beyond 2^53 it is not exact. */
export function toInt(value: unknown): number {
  return Number(toBigInt(value));
}

const specialFloats: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
]);
const floatText =
  /^[-+]?(?:(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9][0-9_]*)?|0[xX][0-9a-fA-F_]*\.?[0-9a-fA-F_]*[pP][-+]?[0-9][0-9_]*)$/;

/** `"1e3"` is 1000, `"0x1p4"` 16, `"inf"` +Inf; no number is 0. */
function floatIn(text: string): number {
  const unsigned = /^[-+]/.test(text) ? text.slice(1) : text;
  const special = specialFloats.get(unsigned.toLowerCase());
  if (special !== undefined) return text.startsWith('-') ? -special : special;
  if (!floatText.test(text)) return 0;
  const reading = readFloat(text);
  return 'value' in reading ? reading.value : 0;
}

export function toFloat(value: unknown): number {
  switch (typeof value) {
    case 'number':
      return value;
    case 'string':
      return floatIn(value);
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value instanceof GoInt) return Number(value.value);
      return value instanceof GoPointer && value.target !== null ? toFloat(value.target) : 0;
  }
}

function compact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** An `int64`, which wraps around as in Go. */
export function int64(value: bigint): GoInt {
  return new GoInt(int64Type, compact(BigInt.asIntN(64, value)));
}

/** An `int`. */
export function int(value: bigint): GoInt {
  return new GoInt(intType, compact(BigInt.asIntN(64, value)));
}
