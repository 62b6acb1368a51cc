import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canonicalQuantity,
  parseQuantity,
  QuantityError,
  scaledQuantity,
} from '../../src/schema/quantity.ts';

const number = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^[0-9]{0,22}$/),
    fc.option(fc.stringMatching(/^[0-9]{0,12}$/), { nil: undefined }),
  )
  .map(([sign, whole, fraction]) =>
    fraction === undefined ? `${sign}${whole}` : `${sign}${whole}.${fraction}`,
  )
  .filter((text) => /[0-9]/.test(text));
const suffix = fc.constantFrom(
  ...['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'e3', 'E-2', 'e5'],
);

describe('canonicalQuantity', () => {
  test.each([
    ['0', '0'],
    ['1.0', '1'],
    ['0.5', '500m'],
    ['2000m', '2'],
    ['1500m', '1500m'],
    ['0.1m', '100u'],
    ['100000000', '100M'],
    ['1e3', '1e3'],
    ['12e6', '12e6'],
    ['10e1', '100'],
    ['1234567e2', '123456700'],
    ['1024Mi', '1Gi'],
    ['1000Mi', '1000Mi'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1023Ki', '1023Ki'],
    ['-2048Mi', '-2Gi'],
    ['0.0001Ki', '102400u'],
    ['0.1n', '1n'],
    ['-0.1n', '-1n'],
    ['9000Ei', '9223372036854775807'],
    ['  7  ', '7'],
  ])('writes %s as %s', (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  test('keeps what Go takes for canonical although it is not', () => {
    expect(['1.500', '05', '+5', '1.234k'].map(canonicalQuantity)).toEqual([
      '1.500',
      '05',
      '+5',
      '1.234k',
    ]);
  });

  test('takes JSON numbers', () => {
    expect([2, 0.25, 1e21].map(canonicalQuantity)).toEqual(['2', '250m', '1e+21']);
  });

  test('has nothing left to do on its own result', () => {
    fc.assert(
      fc.property(number, suffix, (digits, unit) => {
        const canonical = canonicalQuantity(`${digits}${unit}`);
        expect(canonicalQuantity(canonical)).toBe(canonical);
      }),
    );
  });

  test.each([
    ['', /regular expression/],
    ['one', /regular expression/],
    ['1 2', /regular expression/],
    ['1ki', /suffix/],
    ['1e', /suffix/],
    ['1e99999999999999999999', /suffix/],
    ['.1234567890123456789e1000000', /suffix/],
  ])('refuses %j', (text, message) => {
    expect(() => canonicalQuantity(text)).toThrow(QuantityError);
    expect(() => canonicalQuantity(text)).toThrow(message);
  });
});

describe('scaledQuantity', () => {
  test('rounds away from zero', () => {
    expect(scaledQuantity(parseQuantity('1500m'), 0)).toBe(2n);
    expect(scaledQuantity(parseQuantity('-1500m'), 0)).toBe(-2n);
    expect(scaledQuantity(parseQuantity('1Gi'), 0)).toBe(1073741824n);
    expect(scaledQuantity(parseQuantity('0.25'), -3)).toBe(250n);
  });
});
