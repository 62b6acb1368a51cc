import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoInt, int64Type } from '../../src/gotemplate/index.ts';
import { call, render } from './call.ts';

const bigOf = (result: unknown) => BigInt((result as GoInt).value);

describe('conversions', () => {
  it.each([
    ['017', 15],
    ['0x1f', 31],
    ['0B11', 3],
    ['1_0', 10],
    ['1__0', 0],
    ['9.99', 9],
    ['-.5', 0],
    ['1.2.3', 0],
    ['', 0],
    [' 1', 0],
    ['1e2', 0],
    ['99999999999999999999', 0],
    [-2.9, -2],
    [Number.NaN, -(2n ** 63n)],
    [1e300, -(2n ** 63n)],
    [true, 1],
    [null, 0],
    [[1], 0],
  ])('int %j is %s', (value, number) => {
    expect(bigOf(call('int', value))).toBe(BigInt(number));
    expect(bigOf(call('int64', value))).toBe(BigInt(number));
  });

  it.each([
    ['1e3', 1000],
    ['.5', 0.5],
    ['0x1p-1', 0.5],
    ['1_0.5', 10.5],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    ['nan', Number.NaN],
    ['1e', 0],
    ['0b1', 0],
    ['', 0],
    ['1e999', 0],
  ])('float64 %j is %s', (text, number) => {
    expect(call('float64', text)).toBe(number);
  });

  it('reads plain and octal text', () => {
    expect(render('{{ atoi "007" }} {{ atoi "0x7" }} {{ atoi "-99999999999999999999" }}')).toBe(
      '7 0 -9223372036854775808',
    );
    expect(render('{{ toDecimal "17" }} {{ toDecimal 17 }} {{ toDecimal "9" }}')).toBe('15 15 0');
  });
});

describe('arithmetic', () => {
  it.each([
    [
      '{{ add 1 "2" 3.9 }} {{ add }} {{ sub 1 5 }} {{ mul 2 3 4 }} {{ add1 "0x10" }}',
      '6 0 -4 24 17',
    ],
    ['{{ div -7 2 }} {{ mod -7 2 }} {{ mod 7 -2 }}', '-3 -1 1'],
    ['{{ div 1 0 }}', 'error: div: runtime error: integer divide by zero'],
    ['{{ mod 1 "x" }}', 'error: mod: runtime error: integer divide by zero'],
    ['{{ add 9223372036854775807 1 }} {{ mul 9223372036854775807 2 }}', '-9223372036854775808 -2'],
    [
      '{{ max 1 9 3 }} {{ min 4 -1 }} {{ biggest 2 }} {{ maxf 1.5 1 }} {{ minf 1.5 1 }}',
      '9 -1 2 1.5 1',
    ],
    [
      '{{ addf 0.1 0.2 0.3 }} {{ subf 0.3 0.1 }} {{ mulf 1.1 3 }} {{ divf 1 3 }} {{ add1f 0.7 }}',
      '0.6 0.2 3.3 0.3333333333333333 1.7',
    ],
    ['{{ divf 1 0 }}', 'error: divf: decimal division by 0'],
    ['{{ addf (float64 "inf") 1 }}', 'error: addf: Cannot create a Decimal from +Inf'],
    ['{{ floor -1.5 }} {{ ceil "-1.5" }}', '-2 -1'],
    [
      '{{ round 2.345 2 }} {{ round -2.5 0 }} {{ round 1234.5 -2 }} {{ round 1.25 1 0.6 }}',
      '2.35 -3 1200 1.2',
    ],
    ['{{ printf "%T %T %T" (add 1) (int 1) (floor 1) }}', 'int64 int float64'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it('is that of 64-bit integers', () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        const [x, y] = [new GoInt(int64Type, a), new GoInt(int64Type, b)];
        expect(bigOf(call('add', x, y))).toBe(BigInt.asIntN(64, a + b));
        expect(bigOf(call('sub', x, y))).toBe(BigInt.asIntN(64, a - b));
        expect(bigOf(call('mul', x, y))).toBe(BigInt.asIntN(64, a * b));
        expect(bigOf(call('max', x, y))).toBe(a > b ? a : b);
        if (b !== 0n) {
          const [quotient, rest] = [bigOf(call('div', x, y)), bigOf(call('mod', x, y))];
          expect(BigInt.asIntN(64, quotient * b + rest)).toBe(a);
        }
      }),
    );
  });

  it('keeps decimals exact', () => {
    const cents = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(call('addf', a / 100, b / 100)).toBeCloseTo((a + b) / 100, 12);
        expect(call('addf', a / 100, b / 100)).toBe(Number(((a + b) / 100).toFixed(2)) + 0);
        expect(call('subf', call('addf', a / 100, b / 100), b / 100)).toBe(a / 100 + 0);
      }),
    );
  });
});
