import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonToGoYaml, parseGoYaml, stringifyGoYaml } from '../../src/goyaml/index.ts';
import type { JsonValue } from '../../src/json.ts';

const long =
  'these are words that go on and on until they no longer fit on a line of eighty columns';

const [head, tail] = [long.slice(0, -8), long.slice(-7)];

describe('collections', () => {
  it('indents mappings by two and leaves lists at the column of their key', () => {
    expect(stringifyGoYaml({ b: { c: [1, { d: 2, e: [3] }, [4, [5]], [], {}] }, a: null })).toBe(
      'a: null\nb:\n  c:\n  - 1\n  - d: 2\n    e:\n    - 3\n  - - 4\n    - - 5\n  - []\n  - {}\n',
    );
  });

  it('writes scalars and empty collections at the top on a line', () => {
    for (const [value, text] of [
      [null, 'null\n'],
      [true, 'true\n'],
      ['x', 'x\n'],
      ['', '""\n'],
      [[], '[]\n'],
      [{}, '{}\n'],
      ['a\nb\n', '|\n  a\n  b\n'],
      ['a\n\n', '|+\n  a\n\n'],
    ] as const) {
      expect(stringifyGoYaml(value)).toBe(text);
    }
  });

  it.each([
    [['n10', 'n9', 'n1.10', 'n1.9', 'n'], 'n n1.9 n1.10 n9 n10'],
    [['b', 'B', 'a', '_b', '2', '10', 'é', '-'], '- _b 2 10 B a b é'],
    [['x100', 'x10', 'x1010', 'x101'], 'x10 x100 x101 x1010'],
    [['a01', 'a1', 'a001', 'a2'], 'a1 a01 a001 a2'],
    [['ab', 'a', 'a/b', 'a b'], 'a a b a/b ab'],
  ])('orders the keys %j naturally', (keys, order) => {
    const value = Object.fromEntries(keys.map((key) => [key, 0]));
    const written = stringifyGoYaml(value).trimEnd().split('\n');
    expect(
      written.map((line) => line.replace(/: 0$/, '').replace(/^["']|["']$/g, '')).join(' '),
    ).toBe(order);
  });

  it('writes keys that are long or have several lines with a question mark', () => {
    const key = 'k'.repeat(129);
    expect(stringifyGoYaml({ [key]: { a: 1 }, 'x\ny': [1, 2] })).toBe(
      `? ${key}\n: a: 1\n? |-\n  x\n  y\n: - 1\n  - 2\n`,
    );
    expect(stringifyGoYaml({ ['k'.repeat(128)]: 1 })).toBe(`${'k'.repeat(128)}: 1\n`);
    expect(stringifyGoYaml({ ['é'.repeat(65)]: 1 })).toBe(`? ${'é'.repeat(65)}\n: 1\n`);
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [-1.5, '-1.5'],
    [1e6, '1000000'],
    [1234567.5, '1.2345675e+06'],
    [123456.5, '123456.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [2 ** 53, '9007199254740992'],
    [1e19, '10000000000000000000'],
    [1e20, '1e+20'],
    [-1e20, '-1e+20'],
    [9223372036854775807n, '9223372036854775807'],
  ])('writes %s', (value, text) => {
    expect(stringifyGoYaml(value)).toBe(`${text}\n`);
  });
});

describe('strings', () => {
  it.each([
    ['yes', '"yes"'],
    ['oN', 'oN'],
    ['n', '"n"'],
    ['~', '"~"'],
    ['012', '"012"'],
    ['0o9', '0o9'],
    ['1_0', '"1_0"'],
    ['1:30', '"1:30"'],
    ['1:60', '1:60'],
    ['1e3', '"1e3"'],
    ['1e400', '1e400'],
    ['.5_0', '".5_0"'],
    ['.5__0', '.5__0'],
    ['2020-02-29', '"2020-02-29"'],
    ['2021-02-29', '2021-02-29'],
    ['2020-02-29T10:00:00', '2020-02-29T10:00:00'],
    ['2020-02-29T10:00:00.5+01:00', '"2020-02-29T10:00:00.5+01:00"'],
    ['<<', '<<'],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['a #b', "'a #b'"],
    ['a#b', 'a#b'],
    ['- a', "'- a'"],
    ['-a', '-a'],
    ['---', "'---'"],
    ['---x', "'---x'"],
    ['?', "'?'"],
    ['%a', "'%a'"],
    ["it's: ", "'it''s: '"],
    ["it's", "it's"],
    ['tab\there', '"tab\\there"'],
    ['😀', '"\\U0001F600"'],
    ['\ufeff\u007f\u0000', '"\\uFEFF\\x7F\\0"'],
    ['\u00a0', '\u00a0'],
    ['-\u00a0', '-\u00a0'],
    ['\ufeffa b\u00a0', '"\\uFEFF\\x61\\x20\\x62\\_"'],
  ])('writes %j', (value, text) => {
    expect(stringifyGoYaml(value)).toBe(`${text}\n`);
  });

  it('writes several lines as a literal block if nothing in them forbids it', () => {
    expect(
      stringifyGoYaml({
        a: 'x\ny',
        b: '  x\n',
        c: '\nx\n\n',
        d: 'x \ny',
        e: 'x\n\ty',
        f: 'x\n ',
        g: '\n',
      }),
    ).toBe(
      'a: |-\n  x\n  y\nb: |2\n    x\nc: |2+\n\n  x\n\nd: "x \\ny"\ne: "x\\n\\ty"\nf: "x\\n "\ng: |2+\n\n',
    );
  });

  it('folds lines beyond eighty columns at single blanks, but not keys', () => {
    expect(stringifyGoYaml({ key: long, [`${long} as key`]: 1 })).toBe(
      `key: ${head}\n  ${tail}\n${long} as key: 1\n`,
    );
    expect(stringifyGoYaml([[`${long}: `]])).toBe(`- - '${head}\n    ${tail}: '\n`);
    expect(stringifyGoYaml(`\t${long.replaceAll(' ', '  ')}`)).toContain('\n  \\ ');
  });
});

describe('JSON to YAML', () => {
  it('keeps integers of 64 bits', () => {
    expect(
      jsonToGoYaml('{"a":9223372036854775807,"b":"1234567890123456","c":18446744073709551616}'),
    ).toBe('a: 9223372036854775807\nb: "1234567890123456"\nc: 1.8446744073709552e+19\n');
  });

  it('refuses what YAML cannot read and folds NEL', () => {
    expect(() => jsonToGoYaml('"\u007f"')).toThrow('control characters are not allowed');
    expect(jsonToGoYaml('"a\u0085b"')).toBe('a b\n');
  });
});

describe('for any JSON', () => {
  // A plain `<<` is written unquoted by go-yaml and then read as a merge key.
  const odd = fc.constantFrom(
    ...[
      '',
      '-',
      '---',
      ': ',
      ' #',
      '\n',
      ' \n',
      '\n ',
      "'",
      '"',
      '\\',
      '\t',
      '\r',
      '\u0085',
      '\u2028',
    ],
    ...[
      '{',
      '[',
      '&',
      '*',
      '!',
      '|',
      '>',
      '%',
      '@',
      '`',
      '~',
      'null',
      'yes',
      '0x1',
      '1:2',
      '.5',
      '1e3',
    ],
    ...['2020-01-01', '__proto__', '<', '\ufeff', '😀', '\u007f', 'x'.repeat(70), ` ${long}`],
  );
  const text = fc
    .oneof(
      fc.string({ unit: 'binary' }),
      fc.array(odd, { maxLength: 5 }).map((parts) => parts.join('')),
    )
    .filter((value) => value !== '<<');
  const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.maxSafeInteger(),
      text,
      fc.array(tie('json') as fc.Arbitrary<JsonValue>, { maxLength: 4 }),
      fc
        .array(fc.tuple(text, tie('json') as fc.Arbitrary<JsonValue>), { maxLength: 4 })
        .map((entries) => Object.fromEntries(entries)),
    ),
  }));

  it('reading what was written gives the value back', () => {
    fc.assert(
      fc.property(json, (value) => {
        // Minus zero is written as 0, as in Go.
        const plain = JSON.parse(JSON.stringify(value)) as JsonValue;
        expect(parseGoYaml(stringifyGoYaml(value))).toEqual(plain);
      }),
      { numRuns: 2000 },
    );
  });

  it('reading JSON gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(json, (value) => {
        const written = JSON.stringify(value);
        fc.pre(!/[\u0085\u2028\u2029\u007f-\u009f\ufffe\uffff]|\\u[dD]/.test(written));
        expect(parseGoYaml(written)).toEqual(JSON.parse(written));
      }),
    );
  });

  it('any text is read or refused with a GoYamlError, never anything else', () => {
    const words = fc.constantFrom(
      ...[
        'a',
        ':',
        ' ',
        '\n',
        '  ',
        '- ',
        '{',
        '}',
        '[',
        ']',
        ',',
        '?',
        '&a ',
        '*a',
        '!t ',
        '|',
        '>',
        '#',
      ],
      ...['"', "'", '\\', '\t', '<<', '---', '...', '%', '1', '\n\n', ': ', 'b: '],
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        try {
          JSON.stringify(parseGoYaml(parts.join('')));
        } catch (error) {
          expect(error).toHaveProperty('name', 'GoYamlError');
        }
      }),
      { numRuns: 3000 },
    );
  });
});
