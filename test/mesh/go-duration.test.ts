import { describe, expect, it } from 'vitest';
import {
  formatGoDuration,
  parseGoDuration,
  protoDurationText,
} from '../../src/mesh/json/go-duration.ts';

describe('parseGoDuration', () => {
  it.each([
    ['45s', 45, 0],
    ['1m30s', 90, 0],
    ['1500ms', 1, 500_000_000],
    ['1h', 3600, 0],
    ['1.5h', 5400, 0],
    ['.5s', 0, 500_000_000],
    ['1.s', 1, 0],
    ['2us', 0, 2000],
    ['2µs', 0, 2000],
    ['2μs', 0, 2000],
    ['7ns', 0, 7],
    ['0', 0, 0],
    ['+1s', 1, 0],
    ['-1.5s', -1, -500_000_000],
    ['1s1s', 2, 0],
    ['0.1234567891s', 0, 123_456_789],
  ])('reads %s', (text, seconds, nanos) => {
    expect(parseGoDuration(text)).toEqual({ seconds, nanos });
  });

  it.each([
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['s', 'time: invalid duration "s"'],
    ['.s', 'time: invalid duration ".s"'],
    ['45', 'time: missing unit in duration "45"'],
    ['1.5.3s', 'time: missing unit in duration "1.5.3s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['1 s', 'time: unknown unit " s" in duration "1 s"'],
    ['9999999h', 'time: invalid duration "9999999h"'],
    ['99999999999999999999999999ns', 'time: invalid duration "99999999999999999999999999ns"'],
    ['1"é', 'time: unknown unit "\\"\\xc3\\xa9" in duration "1\\"\\xc3\\xa9"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(new Error(message));
  });

  it('reads the smallest and largest durations of Go', () => {
    expect(parseGoDuration('9223372036854775807ns').nanos).toBe(854_775_807);
    expect(parseGoDuration('-9223372036854775808ns').nanos).toBe(-854_775_808);
    expect(() => parseGoDuration('9223372036854775808ns')).toThrow('invalid duration');
  });
});

describe('formatGoDuration', () => {
  it.each([
    ['0s', '0s'],
    ['45s', '45s'],
    ['90s', '1m30s'],
    ['1h', '1h0m0s'],
    ['5400.25s', '1h30m0.25s'],
    ['500ms', '500ms'],
    ['1500us', '1.5ms'],
    ['1500ns', '1.5µs'],
    ['7ns', '7ns'],
    ['-90s', '-1m30s'],
  ])('prints %s as %s', (text, printed) => {
    expect(formatGoDuration(parseGoDuration(text))).toBe(printed);
  });
});

describe('protoDurationText', () => {
  it.each([
    ['45s', '45s'],
    ['45.5s', '45.500s'],
    ['1us', '0.000001s'],
    ['1ns', '0.000000001s'],
    ['-1.5s', '-1.500s'],
    ['-5ms', '-0.005s'],
  ])('writes %s as %s', (text, written) => {
    expect(protoDurationText(parseGoDuration(text))).toBe(written);
  });
});
