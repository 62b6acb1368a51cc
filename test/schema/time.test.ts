import { describe, expect, test } from 'vitest';
import { canonicalTime, parseTime, TimeError } from '../../src/schema/time.ts';

describe('canonicalTime', () => {
  test('writes whole seconds in UTC', () => {
    expect(canonicalTime('2024-02-29T23:30:01.75-01:30')).toBe('2024-03-01T01:00:01Z');
    expect(canonicalTime('0050-01-01T00:00:00Z')).toBe('0050-01-01T00:00:00Z');
  });

  test.each([
    ['soon', 'cannot parse "soon" as "2006"'],
    ['2024-02-30T00:00:00Z', 'day out of range'],
    ['2024-13-01T00:00:00Z', 'month out of range'],
    ['2024-01-01T24:00:00Z', 'hour out of range'],
    ['2024-01-01T00:00:00', 'cannot parse "" as "Z07:00"'],
    ['2024-01-01T00:00:00Z!', 'extra text: "!"'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseTime(text)).toThrow(TimeError);
    expect(() => parseTime(text)).toThrow(reason);
  });
});
