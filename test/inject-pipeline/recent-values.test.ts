import { describe, expect, it } from 'vitest';
import { RecentValues } from '../../src/recent-values.ts';

function counting(most: number, longestText = 10) {
  const made: string[] = [];
  const make = (text: string) => {
    made.push(text);
    if (text === 'bad') throw new Error('no');
    return { text };
  };
  return { made, values: new RecentValues(make, { most, longestText }) };
}

describe('recent values', () => {
  it('are made once', () => {
    const { made, values } = counting(2);
    expect(values.get('a')).toBe(values.get('a'));
    expect(made).toEqual(['a']);
  });

  it('are forgotten in the order of their last use', () => {
    const { made, values } = counting(2);
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) values.get(text);
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('are not kept for long texts, nor when making them fails', () => {
    const { made, values } = counting(9, 3);
    values.get('long');
    values.get('long');
    expect(() => values.get('bad')).toThrow('no');
    expect(() => values.get('bad')).toThrow('no');
    expect(made).toEqual(['long', 'long', 'bad', 'bad']);
  });
});
