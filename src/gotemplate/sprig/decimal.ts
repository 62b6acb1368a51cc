import { GoCallError } from '../value/model.ts';

/** An exact decimal number: coefficient × 10^exponent. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Digits after the point that a division keeps. */
const divisionPrecision = 16;

/** The decimal that a float shows when printed with its shortest digits. */
export function decimalOf(value: number): Decimal {
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
    throw new GoCallError(`Cannot create a Decimal from ${name}`);
  }
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  return { coefficient: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}

export function floatOf({ coefficient, exponent }: Decimal): number {
  return Number(`${coefficient}e${exponent}`);
}

/** Coefficients of both numbers for their lesser exponent. */
function aligned(a: Decimal, b: Decimal): { left: bigint; right: bigint; exponent: number } {
  const exponent = Math.min(a.exponent, b.exponent);
  return {
    left: a.coefficient * 10n ** BigInt(a.exponent - exponent),
    right: b.coefficient * 10n ** BigInt(b.exponent - exponent),
    exponent,
  };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const { left, right, exponent } = aligned(a, b);
  return { coefficient: left + right, exponent };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const { left, right, exponent } = aligned(a, b);
  return { coefficient: left - right, exponent };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}

/** Rounded to sixteen places, halves away from zero. */
export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.coefficient === 0n) throw new GoCallError('decimal division by 0');
  const { left, right } = aligned(a, b);
  const scaled = left * 10n ** BigInt(divisionPrecision);
  const quotient = scaled / right;
  const rest = scaled % right;
  const isHalf = 2n * (rest < 0n ? -rest : rest) >= (right < 0n ? -right : right);
  const away = left < 0n === right < 0n ? 1n : -1n;
  return { coefficient: isHalf ? quotient + away : quotient, exponent: -divisionPrecision };
}
