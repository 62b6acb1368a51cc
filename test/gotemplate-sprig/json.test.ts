import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGoJson } from '../../src/gotemplate/encode/json-decode.ts';
import { encodeGoJson } from '../../src/gotemplate/encode/json-encode.ts';
import { indentJson } from '../../src/gotemplate/encode/json-indent.ts';
import {
  boolType,
  GoCallError,
  type GoField,
  GoInt,
  GoMap,
  GoNamed,
  GoPointer,
  GoSlice,
  GoStruct,
  type GoType,
  int32Type,
  int64Type,
  pointerTo,
  sliceOf,
  stringMapType,
  stringSliceType,
  stringType,
  uint8Type,
} from '../../src/gotemplate/value/model.ts';

function field(goName: string, type: GoType, options: Partial<GoField> = {}): [string, GoField] {
  const jsonName = goName.toLowerCase();
  return [goName, { goName, type, jsonName, omitEmpty: true, embedded: false, ...options }];
}

describe('JSON of template values', () => {
  it.each([
    [undefined, 'null'],
    [null, 'null'],
    ['<a & b>\u2028/', '"\\u003ca \\u0026 b\\u003e\\u2028/"'],
    ['\b\f\n\r\t\u0001\u007f"\\', '"\\b\\f\\n\\r\\t\\u0001\u007f\\"\\\\"'],
    ['a\udcff\0\0b', '"a\\ufffd\\u0000\\u0000b"'],
    [1e6, '1000000'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [0.000001, '0.000001'],
    [-0, '-0'],
    [new GoInt(int64Type, 9223372036854775807n), '9223372036854775807'],
    [new GoNamed({ kind: 'string', name: 'v1.Phase' }, 'x'), '"x"'],
    [{ b: [1, { z: null }], a: true, é: '', B: 0 }, '{"B":0,"a":true,"b":[1,{"z":null}],"é":""}'],
    [
      new Map<string, unknown>([
        ['b', 1],
        ['a', 2],
      ]),
      '{"a":2,"b":1}',
    ],
    [new GoSlice(stringSliceType, null), 'null'],
    [new GoSlice(stringSliceType, []), '[]'],
    [new GoSlice(sliceOf(uint8Type), [104, 105]), '"aGk="'],
    [new GoMap(stringMapType, null), 'null'],
    [new GoMap(stringMapType, { b: '1', a: '2' }), '{"a":"2","b":"1"}'],
    [new GoPointer(pointerTo(int64Type), null), 'null'],
  ])('%o', (value, json) => {
    expect(encodeGoJson(value)).toBe(json);
  });

  it('leaves < > & alone when asked, but not the line separators', () => {
    expect(encodeGoJson({ '<': '&\u2029' }, { escapeHtml: false })).toBe('{"<":"&\\u2029"}');
  });

  it('writes structs in the order of their declaration, without what omitempty drops', () => {
    const quantity: GoType = {
      kind: 'struct',
      name: 'q.Quantity',
      encodeJSON: (source) => JSON.stringify(`~${(source as { value: unknown }).value}`),
    };
    const inner: GoType = {
      kind: 'struct',
      name: 't.Inner',
      fields: new Map([field('Deep', stringType)]),
    };
    const outer: GoType = {
      kind: 'struct',
      name: 't.Outer',
      fields: new Map([
        field('Zeta', stringType, { omitEmpty: false }),
        field('Alpha', int32Type),
        field('Flag', boolType),
        field('Inner', inner, { embedded: true, jsonName: '' }),
        field('List', stringSliceType),
        field('Labels', stringMapType),
        field('Count', pointerTo(int32Type)),
        field('Cpu', quantity),
        field('Hidden', stringType, { jsonName: '' }),
        field('Computed', stringType, { read: () => 'c' }),
      ]),
    };
    const json = (source: { readonly [member: string]: unknown }) =>
      encodeGoJson(new GoPointer(pointerTo(outer), new GoStruct(outer, source, true)));
    expect(json({})).toBe('{"zeta":"","computed":"c"}');
    expect(
      json({
        alpha: 0,
        flag: false,
        list: [],
        labels: {},
        count: 0,
        cpu: 'x',
        deep: 'd',
        hidden: 'h',
      }),
    ).toBe('{"zeta":"","deep":"d","count":0,"cpu":"~x","computed":"c"}');
    expect(json({ zeta: 'z', alpha: 1, list: ['l'], labels: { a: 'b' } })).toBe(
      '{"zeta":"z","alpha":1,"list":["l"],"labels":{"a":"b"},"computed":"c"}',
    );
  });

  it('fails for what has no JSON', () => {
    expect(() => encodeGoJson(Number.NaN)).toThrow('json: unsupported value: NaN');
    expect(() => encodeGoJson([Number.NEGATIVE_INFINITY])).toThrow('json: unsupported value: -Inf');
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => encodeGoJson(cycle)).toThrow('encountered a cycle via map[string]interface {}');
  });

  it('is what JSON.parse reads back, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        const json = encodeGoJson(value);
        expect(JSON.parse(json)).toEqual(value);
        expect(JSON.parse(indentJson(json, '  '))).toEqual(JSON.parse(json));
        expect(encodeGoJson(decodeGoJson(json))).toBe(json);
      }),
    );
  });

  it('is laid out over lines, empty containers staying on theirs', () => {
    expect(indentJson('{"a":[1,{"b":"x,[{:\\""}],"c":{},"d":[]}', '  ')).toBe(
      '{\n  "a": [\n    1,\n    {\n      "b": "x,[{:\\""\n    }\n  ],\n  "c": {},\n  "d": []\n}',
    );
  });
});

describe('reading JSON', () => {
  it('replaces what is not valid Unicode', () => {
    expect(decodeGoJson('["\\ud800","a\udcffb","\\ud83d\\ude00",{"\\udc00":1}]')).toEqual([
      '\ufffd',
      'a\ufffdb',
      '😀',
      { '\ufffd': 1 },
    ]);
  });

  it('keeps __proto__ a plain member', () => {
    const value = decodeGoJson('{"__proto__":{"x":1}}') as { x?: unknown };
    expect(value.x).toBeUndefined();
    expect(Object.hasOwn(value, '__proto__')).toBe(true);
  });

  it.each([
    ['', 'unexpected end of JSON input'],
    ['  ', 'unexpected end of JSON input'],
    ['{bad', "invalid character 'b' looking for beginning of object key string"],
    ['{"a"', 'unexpected end of JSON input'],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['{"a":1 "b"}', "invalid character '\"' after object key:value pair"],
    ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
    ['[1 2]', "invalid character '2' after array element"],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['1 2', "invalid character '2' after top-level value"],
    ['trux', "invalid character 'x' in literal true (expecting 'e')"],
    ['nul', "invalid character ' ' in literal null (expecting 'l')"],
    ['-', "invalid character ' ' in numeric literal"],
    ['"abc', 'unexpected end of JSON input'],
    ['-a', "invalid character 'a' in numeric literal"],
    ['01', "invalid character '1' after top-level value"],
    ['1.x', "invalid character 'x' after decimal point in numeric literal"],
    ['1e+', "invalid character ' ' in exponent of numeric literal"],
    ['1ex', "invalid character 'x' in exponent of numeric literal"],
    ['"\n"', "invalid character '\\n' in string literal"],
    ['"\\x"', "invalid character 'x' in string escape code"],
    ['"\\u12g4"', "invalid character 'g' in \\u hexadecimal character escape"],
    ["'a'", "invalid character '\\'' looking for beginning of value"],
    ['é', "invalid character 'Ã' looking for beginning of value"],
    ['[1e999]', 'json: cannot unmarshal number 1e999 into Go value of type float64'],
    ['['.repeat(10_001), 'exceeded max depth'],
    [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'exceeded max depth'],
  ])('refuses text %# as Go words it', (text, problem) => {
    expect(() => decodeGoJson(text)).toThrow(new GoCallError(problem));
  });

  it('accepts exactly what JSON.parse accepts', () => {
    const pieces = fc.constantFrom(
      ...['{', '}', '[', ']', ',', ':', '"a"', '1', '-', '.5', 'e3', 'true', ' ', '"'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) expect(decodeGoJson(text)).toEqual(JSON.parse(text));
        else expect(() => decodeGoJson(text)).toThrow(/^(invalid character|unexpected end)/);
      }),
      { numRuns: 500 },
    );
  });
});
