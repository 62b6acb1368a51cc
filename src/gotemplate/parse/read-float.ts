import { underscoresAreFine } from './read-integer.ts';

/** A float, or why Go's `strconv.ParseFloat` refuses the text. */
export type FloatReading =
  | { readonly value: number }
  | { readonly problem: 'invalid syntax' | 'value out of range' };

const invalid: FloatReading = { problem: 'invalid syntax' };
const outOfRange: FloatReading = { problem: 'value out of range' };

/** Digits beyond these cannot change the rounding, other than by not being zero. */
const maxMantissaDigits = 32;
const maxExponent = 100_000;
/** Exponent of the smallest number there is, 2^-1074. */
const minExponent = -1074;
const doubleBits = 53;

/** Reads a float literal: decimal, or hexadecimal with a binary exponent. */
export function readFloat(text: string): FloatReading {
  if (!underscoresAreFine(text)) return invalid;
  const plain = text.replaceAll('_', '').toLowerCase();
  const negative = plain.startsWith('-');
  const unsigned = negative || plain.startsWith('+') ? plain.slice(1) : plain;
  const value = unsigned.startsWith('0x') ? readHex(unsigned.slice(2)) : readDecimal(unsigned);
  if (Number.isNaN(value)) return invalid;
  if (value === Number.POSITIVE_INFINITY) return outOfRange;
  return { value: negative ? -value : value };
}

function readDecimal(text: string): number {
  // JavaScript reads the other prefixes, Go does not: digits, a point and an exponent is all there is.
  const first = text.charAt(1);
  if (text === '' || first === 'b' || first === 'o') return Number.NaN;
  return Number(text);
}

/** `1.8p3`; NaN without digits or exponent. */
function readHex(text: string): number {
  const exponentAt = text.indexOf('p');
  if (exponentAt < 0) return Number.NaN;
  const exponentText = text.slice(exponentAt + 1);
  const exponent = Number(exponentText);
  if (exponentText === '' || !Number.isInteger(exponent)) return Number.NaN;
  const [whole = '', fraction = ''] = text.slice(0, exponentAt).split('.');
  const digits = whole + fraction;
  if (digits === '') return Number.NaN;

  let start = 0;
  while (digits.charAt(start) === '0') start++;
  const kept = digits.slice(start, start + maxMantissaDigits);
  if (kept === '') return 0;
  const dropped = digits.slice(start + maxMantissaDigits);
  // One more digit that is only asked whether it is zero.
  let sticky = '0';
  for (const digit of dropped) if (digit !== '0') sticky = '1';
  const bounded = Math.max(-maxExponent, Math.min(maxExponent, exponent));
  const shift = 4 * (dropped.length - 1 - fraction.length) + bounded;
  return scale(BigInt(`0x${kept}${sticky}`), shift);
}

/** mantissa × 2^exponent, rounded once to the nearest double, ties to even. */
function scale(mantissa: bigint, exponent: number): number {
  const bits = mantissa.toString(2).length;
  const top = bits + exponent;
  if (top > 1025) return Number.POSITIVE_INFINITY;
  const unit = Math.max(top - doubleBits, minExponent);
  const drop = unit - exponent;
  if (drop <= 0) return timesPowerOfTwo(Number(mantissa), exponent);
  if (drop > bits + 1) return 0;
  let quotient = mantissa >> BigInt(drop);
  const rest = mantissa - (quotient << BigInt(drop));
  const half = 1n << BigInt(drop - 1);
  if (rest > half || (rest === half && (quotient & 1n) === 1n)) quotient += 1n;
  return timesPowerOfTwo(Number(quotient), unit);
}

/** Exact as long as the result is a double: both factors are, in two steps where one is too small. */
function timesPowerOfTwo(value: number, exponent: number): number {
  if (exponent < -1022) return value * 2 ** -1022 * 2 ** (exponent + 1022);
  if (exponent > 1023) return value * 2 ** 1023 * 2 ** (exponent - 1023);
  return value * 2 ** exponent;
}
