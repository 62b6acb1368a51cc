import { formatValue } from '../fmt/format-value.ts';
import {
  anyType,
  type FunctionMap,
  float64Type,
  GoCallError,
  type GoFunction,
  type GoInt,
  int64Type,
  intType,
  stringType,
} from '../value/model.ts';
import { add, type Decimal, decimalOf, divide, floatOf, multiply, subtract } from './decimal.ts';
import { fixed, variadic } from './define.ts';
import { int, int64, toBigInt, toFloat } from './number-casts.ts';

const divisionByZero = 'runtime error: integer divide by zero';

function divisor(value: unknown): bigint {
  const number = toBigInt(value);
  if (number === 0n) throw new GoCallError(divisionByZero);
  return number;
}

/** A function on integers: converts its arguments, wraps its result. */
function onIntegers(combine: (a: bigint, b: bigint) => bigint): GoFunction {
  return variadic([anyType, anyType], int64Type, (first: unknown, ...rest: readonly unknown[]) =>
    int64(rest.reduce<bigint>((sum, value) => combine(sum, toBigInt(value)), toBigInt(first))),
  );
}

function onFloats(combine: (a: number, b: number) => number): GoFunction {
  return variadic([anyType, anyType], float64Type, (first: unknown, ...rest: readonly unknown[]) =>
    rest.reduce<number>((sum, value) => combine(sum, toFloat(value)), toFloat(first)),
  );
}

function onDecimals(
  first: unknown,
  rest: readonly unknown[],
  combine: (a: Decimal, b: Decimal) => Decimal,
): number {
  const start = decimalOf(toFloat(first));
  return floatOf(
    rest.reduce<Decimal>((sum, value) => combine(sum, decimalOf(toFloat(value))), start),
  );
}

function decimals(combine: (a: Decimal, b: Decimal) => Decimal): GoFunction {
  return variadic([anyType, anyType], float64Type, (first: unknown, ...rest: readonly unknown[]) =>
    onDecimals(first, rest, combine),
  );
}

function powerOfTen(exponent: number): number {
  return exponent < 0 ? 1 / Number(`1e${-exponent}`) : Number(`1e${exponent}`);
}

/** Binary arithmetic as in Go: 1.005 rounds to 1 at two places. */
function round(value: unknown, places: GoInt, ...limits: readonly number[]): number {
  const power = powerOfTen(Number(places.value));
  const scaled = power * toFloat(value);
  const fraction = scaled - Math.trunc(scaled);
  const rounded = fraction >= (limits[0] ?? 0.5) ? Math.ceil(scaled) : Math.floor(scaled);
  return rounded / power;
}

// Leading zeros apart, longer numbers are beyond 64 bits anyway.
const decimalText = /^([-+]?)0*([0-9]+)$/;
const octalText = /^([-+]?)0*([0-7]{1,30})$/;
const greatest64 = 2n ** 63n - 1n;
const least64 = -(2n ** 63n);

/** `strconv.Atoi` with its error dropped: what is out of range saturates. */
function atoi(text: string): GoInt {
  const match = decimalText.exec(text);
  if (match === null) return int(0n);
  const [, sign, digits = ''] = match;
  const size = digits.length > 20 ? greatest64 + 1n : BigInt(digits);
  const value = sign === '-' ? -size : size;
  return int(value > greatest64 ? greatest64 : value < least64 ? least64 : value);
}

/** Reads the text of a value as an octal number. */
function toDecimal(value: unknown): GoInt {
  const match = octalText.exec(formatValue(value));
  if (match === null) return int64(0n);
  const [, sign, digits] = match;
  const size = BigInt(`0o${digits}`);
  const number = sign === '-' ? -size : size;
  return int64(number > greatest64 || number < least64 ? 0n : number);
}

const max = onIntegers((a, b) => (b > a ? b : a));

/** sprig's arithmetic and conversions. */
export const numberFunctions: FunctionMap = {
  int: fixed([anyType], intType, (value: unknown) => int(toBigInt(value))),
  int64: fixed([anyType], int64Type, (value: unknown) => int64(toBigInt(value))),
  float64: fixed([anyType], float64Type, toFloat),
  atoi: fixed([stringType], intType, atoi),
  toDecimal: fixed([anyType], int64Type, toDecimal),
  add: variadic([anyType], int64Type, (...values: readonly unknown[]) =>
    int64(values.reduce<bigint>((sum, value) => sum + toBigInt(value), 0n)),
  ),
  add1: fixed([anyType], int64Type, (value: unknown) => int64(toBigInt(value) + 1n)),
  sub: fixed([anyType, anyType], int64Type, (a: unknown, b: unknown) =>
    int64(toBigInt(a) - toBigInt(b)),
  ),
  mul: onIntegers((a, b) => BigInt.asIntN(64, a * b)),
  div: fixed([anyType, anyType], int64Type, (a: unknown, b: unknown) =>
    int64(toBigInt(a) / divisor(b)),
  ),
  mod: fixed([anyType, anyType], int64Type, (a: unknown, b: unknown) =>
    int64(toBigInt(a) % divisor(b)),
  ),
  max,
  biggest: max,
  min: onIntegers((a, b) => (b < a ? b : a)),
  maxf: onFloats(Math.max),
  minf: onFloats(Math.min),
  ceil: fixed([anyType], float64Type, (value: unknown) => Math.ceil(toFloat(value))),
  floor: fixed([anyType], float64Type, (value: unknown) => Math.floor(toFloat(value))),
  round: variadic([anyType, intType, float64Type], float64Type, round),
  addf: variadic([anyType], float64Type, (...values: readonly unknown[]) =>
    onDecimals(0, values, add),
  ),
  add1f: fixed([anyType], float64Type, (value: unknown) => onDecimals(value, [1], add)),
  subf: decimals(subtract),
  mulf: decimals(multiply),
  divf: decimals(divide),
};
