import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTemplate, type Template } from '../../src/gotemplate/index.ts';
import { createSprig } from '../../src/gotemplate/sprig/index.ts';

let tick = 0;
const functions = createSprig({ now: () => new Date(++tick * 86_400_000) });
const parse = (text: string): Template => parseTemplate('t', text, { functions });
const known = (data: { readonly [name: string]: unknown }, ...names: string[]) =>
  new Map(names.map((name) => [name, data[name]]));

/** The output in pieces: what the template says by itself in brackets. */
function pieces(template: Template, data: unknown): string {
  let out = '';
  template.record(data, {
    fixed: ({ text }) => {
      out += `[${text}]`;
    },
    written: (text) => {
      out += text;
    },
  });
  return out;
}

const data = {
  who: 'you',
  deep: Object.freeze({ on: true, off: false, name: 'deep', list: Object.freeze(['x', 'y']) }),
};

describe('a variant for data that is known in part', () => {
  it.each([
    ['fields and what hangs below', 'a{{ .deep.name }}b{{ .who }}c', '[adeepb]you[c]'],
    ['calls', '{{ printf "%s!" .deep.name | upper }}{{ .who }}', '[DEEP!]you'],
    ['conditions', '{{ if .deep.on }}yes{{ else }}{{ .who }}{{ end }}', '[yes]'],
    ['conditions that settle early', '{{ if or .deep.on .who }}yes{{ end }}', '[yes]'],
    [
      'ranges',
      '{{ range $i, $x := .deep.list }}{{ $i }}{{ $x }}{{ $.who }}{{ end }}',
      '[0x]you[1y]you',
    ],
    ['variables', '{{ $d := .deep }}{{ $d.name }}{{ $w := .who }}{{ $w }}', '[deep]you'],
    ['dots', '{{ with .deep }}{{ .name }}{{ $.who }}{{ end }}', '[deep]you'],
    [
      'invoked templates',
      '{{ define "x" }}{{ .d.deep.name }}-{{ .who }};{{ end }}{{ template "x" (dict "d" . "who" .who) }}',
      '[deep-]you[;]',
    ],
    ['missing entries', '{{ .deep.none }}{{ .who }}', '[<no value>]you'],
  ])('works out ahead: %s', (_, text, expected) => {
    const template = parse(text);
    const variant = template.specialise(known(data, 'deep'));
    expect(pieces(variant, data)).toBe(expected);
    expect(variant.execute(data)).toBe(template.execute(data));
  });

  it('works out ahead what looks up entries that are known to be absent, and nothing else', () => {
    const text =
      '{{ with index .map "a" }}{{ . }}{{ else }}none{{ end }}{{ index .map "b" }}{{ len .map }}{{ range $k, $v := .map }}{{ $k }}{{ end }}';
    const asked: string[] = [];
    const lacks = (key: string) => asked.push(key) > 0 && key === 'a';
    const path = [{ field: 'map', emptied: Object.freeze({}) }];
    const template = parse(text);
    const variant = template.specialise(new Map(), [{ path, lacks }]);
    expect(new Set(asked)).toEqual(new Set(['a', 'b']));
    for (const map of [{}, { b: 'x' }, { b: 'x', c: 'y' }]) {
      expect(variant.execute({ map })).toBe(template.execute({ map }));
    }
    expect(pieces(variant, { map: { b: 'x' } })).toBe('[none]x1b');
  });

  it('asks the clock in every run', () => {
    const variant = parse('{{ now | date "2006-01-02" }}').specialise(new Map());
    expect(variant.execute({})).not.toBe(variant.execute({}));
  });

  it('makes maps anew that functions change', () => {
    const text = '{{ $m := dict "a" 1 }}{{ if .who }}{{ $_ := set $m .who 2 }}{{ end }}{{ $m }}';
    const variant = parse(text).specialise(new Map());
    expect(variant.execute({ who: 'b' })).toBe('map[a:1 b:2]');
    expect(variant.execute({ who: 'c' })).toBe('map[a:1 c:2]');
    expect(variant.execute({ who: '' })).toBe('map[a:1]');
  });

  it('fails rather than change what runs share', () => {
    const text = '{{ $m := dict "a" (dict "b" 1) }}{{ $_ := set (get $m "a") .who 2 }}{{ $m }}';
    const variant = parse(text).specialise(new Map());
    expect(() => variant.execute({ who: 'c' })).toThrow(/shared by all runs/);
  });

  it.each([
    '{{ .m.a }}{{ $_ := set .m "a" 2 }}{{ .m.a }}',
    '{{ .m.a }}{{ $m := .m }}{{ $_ := set $m "a" 2 }}{{ .m.a }}',
    '{{ .m.a }}{{ $_ := merge .m (dict "b" 2) }}{{ .m }}',
    '{{ .m.a }}{{ range $m := dict "x" .m }}{{ $_ := set $m "a" 2 }}{{ end }}{{ .m.a }}',
  ])('reads again what may have changed: %s', (text) => {
    const template = parse(text);
    const expected = template.execute({ m: { a: 1 } });
    expect(template.specialise(new Map()).execute({ m: { a: 1 } })).toBe(expected);
  });

  it('does not believe what a branch may have assigned', () => {
    const text = '{{ $x := "a" }}{{ if .who }}{{ $x = "b" }}{{ end }}{{ $x }}';
    const variant = parse(text).specialise(new Map());
    expect(variant.execute({ who: 'y' })).toBe('b');
    expect(variant.execute({})).toBe('a');
  });

  it('does not believe what a round of a range may have assigned', () => {
    const text = '{{ $x := "a" }}{{ range .list }}{{ $x }}{{ $x = . }}{{ end }}{{ $x }}';
    const variant = parse(text).specialise(new Map());
    expect(variant.execute({ list: ['b', 'c'] })).toBe('abc');
    expect(variant.execute({ list: [] })).toBe('a');
  });

  it('bounds what it copies', () => {
    const many = Object.freeze({ list: Object.freeze(Array.from({ length: 200 }, (_, i) => i)) });
    const text = '{{ range .k.list }}{{ range $.k.list }}{{ $.who }}{{ end }}{{ end }}';
    const template = parse(text);
    const all = { k: many, who: 'y' };
    expect(template.specialise(known(all, 'k')).execute(all)).toBe(template.execute(all));
  });

  it('leaves recursion to the run', () => {
    const text =
      '{{ define "r" }}{{ if . }}{{ index . 0 }}{{ template "r" rest . }}{{ end }}{{ end }}{{ template "r" .list }}';
    const template = parse(text);
    expect(template.specialise(new Map()).execute({ list: ['a', 'b'] })).toBe('ab');
  });
});

describe('any variant', () => {
  const names = ['a', 'b', 'c'] as const;
  const value = fc.oneof(
    fc.constantFrom('', 'x', 'y'),
    fc.boolean(),
    fc.integer({ min: 0, max: 3 }),
    fc.constant(null),
  );
  const anyData = fc.record({
    a: value,
    b: fc.record({ d: value, e: fc.array(value, { maxLength: 3 }) }),
    c: fc.array(value, { maxLength: 3 }),
  });
  const operand = fc.constantFrom(
    '.a',
    '.b.d',
    '.b.e',
    '.c',
    '.b',
    '.',
    '$',
    '$.a',
    '$.c',
    '$v',
    '"x"',
    '1',
    'true',
    '$w.k',
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      operand,
      fc
        .tuple(
          fc.constantFrom('and', 'or', 'default', 'eq', 'list', 'coalesce'),
          tie('expression'),
          tie('expression'),
        )
        .map(([f, a, b]) => `(${f} ${a} ${b})`),
      fc
        .tuple(
          fc.constantFrom('not', 'print', 'quote', 'toJson', 'len', 'first', 'empty'),
          tie('expression'),
        )
        .map(([f, a]) => `(${f} ${a})`),
      fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(dict "k" ${a} "l" ${b})`),
      fc
        .tuple(tie('expression'), fc.constantFrom('quote', 'or true', 'default "z"'))
        .map(([a, f]) => `(${a} | ${f})`),
      tie('expression').map((a) => `(dict "k" ${a}).k`),
    ),
  }));
  const { block } = fc.letrec<{ block: string }>((tie) => ({
    block: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.constantFrom('t', '{{ $_ := set $m "k" .a }}{{ $m.k }}', '{{ .a }}{{ .b.d }}{{ $.b.e }}'),
      expression.map((e) => `{{ ${e} }}`),
      expression.map((e) => `{{ $v = ${e} }}`),
      expression.map((e) => `{{ $w = dict "k" ${e} }}`),
      fc
        .tuple(expression, tie('block'), tie('block'))
        .map(([e, a, b]) => `{{ if ${e} }}${a}{{ else }}${b}{{ end }}`),
      fc
        .tuple(expression, tie('block'), tie('block'))
        .map(([e, a, b]) => `{{ with ${e} }}${a}{{ else }}${b}{{ end }}`),
      fc
        .tuple(expression, tie('block'), fc.constantFrom('', '{{ if .a }}{{ break }}{{ end }}'))
        .map(([e, a, b]) => `{{ range $i, $x := ${e} }}${a}{{ $i }}{{ $x }}${b}{{ end }}`),
      expression.map((e) => `{{ template "sub" ${e} }}`),
      fc.tuple(tie('block'), tie('block')).map(([a, b]) => a + b),
    ),
  }));
  const start = '{{ $v := .a }}{{ $w := dict "k" .b }}{{ $m := dict }}';

  const outcome = (template: Template, data: unknown): string | undefined => {
    try {
      return template.execute(data);
    } catch {
      return undefined;
    }
  };

  it('gives what the template gives, or fails', () => {
    fc.assert(
      fc.property(block, block, anyData, fc.subarray([...names]), (main, sub, data, fields) => {
        const text = `{{ define "sub" }}{{ $v := . }}{{ $w := dict "k" . }}{{ $m := dict }}${sub.replaceAll('{{ template "sub"', '{{ print')}{{ end }}${start}${main}`;
        const template = parse(text);
        deepFreeze(data);
        const expected = outcome(template, data);
        const variant = outcome(template.specialise(known(data, ...fields)), data);
        if (variant !== undefined) expect(variant).toBe(expected);
      }),
      { numRuns: 1500 },
    );
  });
});

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const member of Object.values(value)) deepFreeze(member);
  Object.freeze(value);
}
