import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GoInt, GoSlice, intType, stringSliceType } from '../../src/gotemplate/index.ts';
import { listItems } from '../../src/gotemplate/value/list.ts';
import { call, render } from './call.ts';

const int = (value: number) => new GoInt(intType, value);
const items = (value: unknown) => listItems(value as readonly unknown[] | GoSlice);

describe('list functions', () => {
  it.each([
    ['{{ list 1 nil "a" }} {{ tuple }}', '[1 <nil> a] []'],
    [
      '{{ first (list 1 2) }} {{ last (list 1 2) }} {{ rest (list 1 2) }} {{ initial (list 1 2) }}',
      '1 2 [2] [1]',
    ],
    [
      '{{ append (list 1) 2 }} {{ prepend (list 1) 0 }} {{ push (list) nil }}',
      '[1 2] [0 1] [<nil>]',
    ],
    ['{{ concat (list 1) (until 2) }} {{ toJson (concat) }}', '[1 0 1] null'],
    ['{{ uniq (list 1 1.0 "1" 1 nil nil) }}', '[1 1 1 <nil>]'],
    ['{{ without (list 1 2 (list 3)) 2 (list 3) }}', '[1]'],
    [
      '{{ has (list 1) (list (list 1)) }} {{ has 1 nil }} {{ has 1.0 (list 1) }}',
      'true false false',
    ],
    ['{{ compact (list 0 "" 1 (dict) nil "a") }}', '[1 a]'],
    ['{{ slice (until 5) 1 3 }} {{ slice (list 1 2) "1" }}', '[1 2] [2]'],
    [
      '{{ chunk 2 (list 1 2 3) }} {{ printf "%T" (chunk 1 (list)) }}',
      '[[1 2] [3]] [][]interface {}',
    ],
    [
      '{{ until 3 }} {{ until -2 }} {{ untilStep 1 6 2 }} {{ untilStep 1 6 -1 }}',
      '[0 1 2] [0 -1] [1 3 5] []',
    ],
    [
      '{{ seq 3 }}|{{ seq -1 }}|{{ seq 2 4 }}|{{ seq 4 -2 0 }}|{{ seq 1 2 0 }}|{{ seq }}',
      '1 2 3|1 0 -1|2 3 4|4 2 0||',
    ],
    ['{{ sortAlpha (list "b" 2 "a" 10) }} {{ sortAlpha 5 }}', '[10 2 a b] [5]'],
    ['{{ toStrings (list 1 nil "a") }} {{ toStrings nil }}', '[1 a] []'],
    ['{{ reverse (splitList "," "a,b") }}', '[b a]'],
  ])('%s', (template, output) => {
    expect(render(template)).toBe(output);
  });

  it.each([
    ['{{ first "abc" }}', 'first: Cannot find first on type string'],
    ['{{ mustRest 5 }}', 'mustRest: Cannot find rest on type int'],
    ['{{ append (dict) 1 }}', 'append: Cannot push on type map'],
    ['{{ concat 1.5 }}', 'concat: Cannot concat type float64 as list'],
    ['{{ slice true 1 }}', 'slice: list should be type of slice or array but bool'],
    ['{{ slice (list 1) 0 2 }}', 'slice: reflect.Value.Slice: slice index out of bounds'],
    ['{{ chunk 2 "x" }}', 'chunk: Cannot chunk type string'],
    ['{{ chunk 0 (list 1) }}', 'chunk: runtime error: makeslice: len out of range'],
    ['{{ uniq nil }}', 'uniq: runtime error: invalid memory address or nil pointer dereference'],
  ])('%s fails', (template, problem) => {
    expect(render(template)).toBe(`error: ${problem}`);
  });

  it('leaves the lists that it is given as they were', () => {
    expect(
      render(
        '{{ $l := list 2 1 }}{{ $_ := append $l 3 }}{{ $_ = reverse $l }}{{ $_ = sortAlpha $l }}{{ $l }}',
      ),
    ).toBe('[2 1]');
  });

  const anyList = fc.array(
    fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.nat(3).map(int)),
  );

  it('obeys the laws of lists', () => {
    fc.assert(
      fc.property(anyList, anyList, fc.integer({ min: 1, max: 5 }), (a, b, size) => {
        expect(call('reverse', call('reverse', a))).toEqual(a);
        expect(items(call('concat', a, b))).toEqual([...a, ...b]);
        expect(items(call('append', a, 1))).toHaveLength(a.length + 1);
        expect(items(call('chunk', int(size), a)).flatMap((part) => items(part))).toEqual(a);
        expect(items(call('prepend', call('rest', ['x', ...a]), 'x'))).toEqual(['x', ...a]);
        expect(items(call('append', call('initial', [...a, 'x']), 'x'))).toEqual([...a, 'x']);
        const unique = items(call('uniq', a));
        expect(items(call('uniq', unique))).toEqual(unique);
        for (const item of unique) {
          // NaN is not even equal to itself.
          if (!Number.isNaN(item)) expect(call('has', item, a)).toBe(true);
        }
        expect(items(call('without', a, ...a)).every(Number.isNaN)).toBe(true);
        expect(items(call('compact', a)).length).toBeLessThanOrEqual(a.length);
      }),
    );
  });

  it('sorts by bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
        const sorted = items(call('sortAlpha', new GoSlice(stringSliceType, texts))) as string[];
        const bytes = sorted.map((text) => Buffer.from(text));
        expect(bytes.every((each, i) => i === 0 || Buffer.compare(bytes[i - 1]!, each) <= 0)).toBe(
          true,
        );
        expect([...sorted].sort()).toEqual([...texts].sort());
      }),
    );
  });

  it('splits and joins', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{0,3}$/), { minLength: 1 }), (parts) => {
        expect(items(call('splitList', ',', call('join', ',', parts)))).toEqual(parts);
      }),
    );
  });

  it('refuses to compare many lists with each other', () => {
    expect(
      render(
        '{{ len (uniq .) }}',
        Array.from({ length: 20_000 }, (_, i) => i),
      ),
    ).toBe('20000');
    expect(
      render(
        '{{ uniq . }}',
        Array.from({ length: 1100 }, (_, i) => [i]),
      ),
    ).toContain('lists and maps to compare');
  });
});
