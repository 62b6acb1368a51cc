/**
 * Kubernetes resource quantities (`k8s.io/apimachinery/pkg/api/resource/quantity.go`): numbers with a
 * decimal (`m`, `k`), binary (`Mi`) or exponent (`e3`) suffix, exact at any size down to a nano.
 */

/** The family of suffix that a quantity was written with and is printed with. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

/** A parsed quantity: `unscaled` times ten to the power of `exponent`. */
export interface Quantity {
  readonly unscaled: bigint;
  readonly exponent: number;
  readonly format: QuantityFormat;
  /** Canonical text, as Go prints it. */
  readonly text: string;
}

/** A text that is no quantity. `message` is Go's own. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';
}

const wrongFormat =
  "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const wrongNumber = 'unable to parse numeric part of quantity';
const wrongSuffix = "unable to parse quantity's suffix";

const decimalSuffixes = new Map([
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
]);
const decimalByExponent = new Map([...decimalSuffixes].map(([suffix, power]) => [power, suffix]));
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const maxInt64 = 2n ** 63n - 1n;
/** Quantities count nanos at the finest. */
const finest = -9;
/** Digits that Go's fast path takes for a decimal number; more than an int64 can hold never pass. */
const fastDigits = 18;
/** Larger powers of ten are refused where they would have to be worked out; Go would run out of memory. */
const largestPower = 10_000;

interface Parts {
  readonly negative: boolean;
  /** Digits before the point without leading zeros, `0` if there are none. */
  readonly whole: string;
  readonly fraction: string;
  readonly suffix: string;
  /** Without any digit at all. */
  readonly empty: boolean;
}

const partsPattern = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/;

function split(text: string): Parts {
  const match = text === '' ? null : partsPattern.exec(text);
  if (match === null) throw new QuantityError(wrongFormat);
  const [, sign, digits = '', fraction = '', suffix = ''] = match;
  return {
    negative: sign === '-',
    whole: digits === '' ? '0' : digits,
    fraction,
    suffix,
    empty: !/^[+-]?[0-9.]*[0-9]/.test(text),
  };
}

interface Suffix {
  readonly format: QuantityFormat;
  /** Power of two for the binary family, of ten for the others. */
  readonly power: number;
}

function interpret(suffix: string): Suffix {
  const decimal = decimalSuffixes.get(suffix);
  if (decimal !== undefined) return { format: 'DecimalSI', power: decimal };
  const binary = binarySuffixes.indexOf(suffix);
  if (binary > 0) return { format: 'BinarySI', power: binary * 10 };
  if (!/^[eE][-+]?[0-9]+$/.test(suffix)) throw new QuantityError(wrongSuffix);
  const power = BigInt(suffix.slice(suffix[1] === '+' ? 2 : 1));
  if (BigInt.asIntN(64, power) !== power) throw new QuantityError(wrongSuffix);
  // Go narrows the exponent to 32 bits without a check.
  return { format: 'DecimalExponent', power: Number(BigInt.asIntN(32, power)) };
}

/**
 * Whether Go keeps the text as it was written, which it does when its fast path believes that it is
 * canonical already. (It may not be: `1.500` and `05` stay.)
 */
function keepsText({ whole, fraction }: Parts, { format, power }: Suffix): boolean {
  if (format === 'BinarySI') {
    const room = 15 - whole.length - Math.trunc((power * 3) / 10) - 1;
    return fraction === '' && room >= 0 && Number(whole) % 8 !== 0;
  }
  const digits = whole + fraction;
  const exponent = power - fraction.length;
  return (
    digits.length <= fastDigits &&
    exponent >= finest &&
    exponent % 3 === 0 &&
    digits[0] !== '0' &&
    !digits.endsWith('000')
  );
}

function exact(parts: Parts, { format, power }: Suffix): Omit<Quantity, 'text'> {
  const { whole, fraction, negative } = parts;
  const sign = negative ? -1n : 1n;
  const digits = BigInt(whole + fraction);
  let exponent = -fraction.length + (format === 'BinarySI' ? 0 : power);
  let unscaled = format === 'BinarySI' ? digits << BigInt(power) : digits;
  const roomy =
    format === 'BinarySI'
      ? fraction === '' && whole.length + Math.trunc((power * 3) / 10) < 15
      : whole.length + fraction.length <= fastDigits && exponent >= finest;
  if (roomy) return { unscaled: sign * unscaled, exponent, format };

  // The slow path: to nanos, away from zero, so that nobody who asks for something gets nothing.
  if (parts.empty) throw new QuantityError(wrongNumber);
  if (Math.abs(exponent) > largestPower) throw new QuantityError(wrongSuffix);
  if (exponent < finest) {
    const divisor = 10n ** BigInt(finest - exponent);
    unscaled = (unscaled + divisor - 1n) / divisor;
  } else {
    unscaled *= 10n ** BigInt(exponent - finest);
  }
  exponent = finest;
  const one = 10n ** BigInt(-finest);
  if (format === 'BinarySI' && unscaled > maxInt64 * one) unscaled = maxInt64 * one;
  const small = format === 'BinarySI' && unscaled > 0n && unscaled < one;
  return { unscaled: sign * unscaled, exponent, format: small ? 'DecimalSI' : format };
}

/** The amount in whole numbers when it is one. */
function whole({ unscaled, exponent }: Omit<Quantity, 'text'>): bigint | undefined {
  if (exponent >= 0) return unscaled * 10n ** BigInt(exponent);
  const divisor = 10n ** BigInt(-exponent);
  return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}

function print(quantity: Omit<Quantity, 'text'>): string {
  let { unscaled, exponent, format } = quantity;
  if (unscaled === 0n) return '0';
  if (format === 'BinarySI') {
    let amount = whole(quantity);
    if (amount !== undefined && (amount >= 1024n || amount <= -1024n)) {
      let step = 0;
      for (; amount % 1024n === 0n; amount /= 1024n) step += 1;
      return `${amount}${binarySuffixes[step] ?? ''}`;
    }
    format = 'DecimalSI';
  }
  for (; unscaled % 10n === 0n; unscaled /= 10n) exponent += 1;
  for (; exponent % 3 !== 0; exponent -= 1) unscaled *= 10n;
  if (format === 'DecimalSI') return `${unscaled}${decimalByExponent.get(exponent) ?? ''}`;
  return exponent === 0 ? `${unscaled}` : `${unscaled}e${exponent}`;
}

/** Reads a quantity. Throws a {@link QuantityError} with Go's message. */
export function parseQuantity(text: string): Quantity {
  const parts = split(text);
  const suffix = interpret(parts.suffix);
  const quantity = exact(parts, suffix);
  return { ...quantity, text: keepsText(parts, suffix) ? text : print(quantity) };
}

/**
 * The canonical text of a quantity as JSON holds it (a string or a number). Throws a
 * {@link QuantityError}.
 */
export function canonicalQuantity(raw: string | number): string {
  const text = typeof raw === 'number' ? String(raw) : raw.trim();
  if (text === '0') return text;
  const parts = split(text);
  const suffix = interpret(parts.suffix);
  return keepsText(parts, suffix) ? text : print(exact(parts, suffix));
}

/** The amount in units of ten to the power of `scale`, rounded up (away from zero below it). */
export function scaledQuantity({ unscaled, exponent }: Quantity, scale: number): bigint {
  const shift = exponent - scale;
  if (shift >= 0) return unscaled * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const rest = unscaled % divisor;
  const rounding = rest === 0n ? 0n : unscaled > 0n ? 1n : -1n;
  return unscaled / divisor + rounding;
}
