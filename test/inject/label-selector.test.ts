import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSelector } from '../../src/inject/decide/label-selector.ts';
import type { LabelSelector } from '../../src/inject/types.ts';

function matches(selector: LabelSelector, labels: Record<string, string>): boolean {
  const compiled = compileSelector(selector);
  if (compiled.kind !== 'usable') throw new Error(compiled.kind);
  return compiled.matches(labels);
}

const expression = (key: string, operator: string, values?: string[]): LabelSelector => ({
  matchExpressions: [{ key, operator, ...(values === undefined ? {} : { values }) }],
});

describe('a label selector', () => {
  it('asks for every label and every expression', () => {
    const selector: LabelSelector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'In', values: ['a', 'b'] }],
    };
    expect(matches(selector, { app: 'web', tier: 'b' })).toBe(true);
    expect(matches(selector, { app: 'web', tier: 'c' })).toBe(false);
    expect(matches(selector, { tier: 'a' })).toBe(false);
  });

  it('lets NotIn match what lacks the key', () => {
    const selector = expression('tier', 'NotIn', ['a']);
    expect(matches(selector, {})).toBe(true);
    expect(matches(selector, { tier: 'b' })).toBe(true);
    expect(matches(selector, { tier: 'a' })).toBe(false);
  });

  it('knows presence and absence', () => {
    expect(matches(expression('k', 'Exists'), { k: '' })).toBe(true);
    expect(matches(expression('k', 'Exists', []), {})).toBe(false);
    expect(matches(expression('k', 'DoesNotExist'), {})).toBe(true);
    expect(matches(expression('k', 'DoesNotExist'), { k: '' })).toBe(false);
  });

  it('looks at own labels only', () => {
    expect(matches(expression('constructor', 'Exists'), {})).toBe(false);
    expect(matches(expression('toString', 'DoesNotExist'), {})).toBe(true);
  });

  it.each<[string, LabelSelector, string]>([
    [
      'an unknown operator',
      expression('k', 'Equals', ['v']),
      'not a valid label selector operator',
    ],
    ['an operator in the wrong case', expression('k', 'in', ['v']), 'not a valid'],
    ['In without values', expression('k', 'In'), 'needs values'],
    ['NotIn without values', expression('k', 'NotIn', []), 'needs values'],
    ['Exists with values', expression('k', 'Exists', ['v']), 'takes no values'],
    ['DoesNotExist with values', expression('k', 'DoesNotExist', ['']), 'takes no values'],
    ['an empty key', expression('', 'Exists'), 'not a valid label key'],
    ['a key with two slashes', expression('a/b/c', 'Exists'), 'not a valid label key'],
    ['a key with an empty prefix', expression('/b', 'Exists'), 'not a valid label key'],
    ['an upper-case prefix', expression('A.io/b', 'Exists'), 'not a valid label key'],
    ['a prefix that is too long', expression(`${'a'.repeat(254)}/b`, 'Exists'), 'not a valid'],
    ['a key that is too long', expression('k'.repeat(64), 'Exists'), 'not a valid label key'],
    ['a malformed value', expression('k', 'In', ['ok', '-no']), 'not a valid value'],
    ['a value that is too long', { matchLabels: { k: 'v'.repeat(64) } }, 'not a valid value'],
    [
      'one fault among good parts',
      { matchLabels: { k: 'v', 'no!': 'v' } },
      'not a valid label key',
    ],
  ])('is invalid with %s', (_, selector, problem) => {
    const compiled = compileSelector(selector);
    expect(compiled.kind).toBe('invalid');
    expect(compiled).toHaveProperty('problem', expect.stringContaining(problem));
  });

  it.each<[LabelSelector]>([
    [expression('example.com/Some_name.x-1', 'Exists')],
    [expression('k'.repeat(63), 'In', ['', 'v'.repeat(63)])],
    [expression(`${'a'.repeat(60)}.b/c`, 'Exists')],
  ])('takes %j', (selector) => {
    expect(compileSelector(selector).kind).toBe('usable');
  });

  it('is empty without requirements', () => {
    expect(compileSelector({}).kind).toBe('empty');
    expect(compileSelector({ matchLabels: {}, matchExpressions: [] }).kind).toBe('empty');
  });

  it('writes itself as kubectl would', () => {
    const selector: LabelSelector = {
      matchLabels: { a: 'b' },
      matchExpressions: [
        { key: 'c', operator: 'In', values: ['d', 'e'] },
        { key: 'f', operator: 'NotIn', values: ['g'] },
        { key: 'h', operator: 'Exists' },
        { key: 'i', operator: 'DoesNotExist' },
      ],
    };
    expect(compileSelector(selector).text).toBe('a=b,c in (d,e),f notin (g),h,!i');
  });

  it('never throws', () => {
    const selector = fc.record({
      matchLabels: fc.dictionary(fc.string(), fc.string()),
      matchExpressions: fc.array(
        fc.record({ key: fc.string(), operator: fc.string(), values: fc.array(fc.string()) }),
      ),
    });
    fc.assert(
      fc.property(selector, (any) => {
        expect(['usable', 'empty', 'invalid']).toContain(compileSelector(any).kind);
      }),
    );
  });
});
