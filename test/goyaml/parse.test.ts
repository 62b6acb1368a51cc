import { describe, expect, it } from 'vitest';
import { GoYamlError, parseGoYaml } from '../../src/goyaml/index.ts';

function problemOf(text: string): string {
  try {
    parseGoYaml(text);
  } catch (error) {
    expect(error).toBeInstanceOf(GoYamlError);
    return (error as Error).message;
  }
  throw new Error('the text was accepted');
}

describe('scalars of YAML 1.1', () => {
  it.each([
    ['y', true],
    ['Yes', true],
    ['ON', true],
    ['n', false],
    ['off', false],
    ['oN', 'oN'],
    ['tRue', 'tRue'],
    ['~', null],
    ['Null', null],
    ['', null],
    ['nUll', 'nUll'],
    ['0755', 493],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0x1f', -31],
    ['0b11', 3],
    ['1_000', 1000],
    ['1_', 1],
    ['+7', 7],
    ['-0', 0],
    ['-0.0', -0],
    ['08', 8],
    ['089.5', 89.5],
    ['1e3', 1000],
    ['.5', 0.5],
    ['.5_0', 0.5],
    ['.5__0', '.5__0'],
    ['1.', 1],
    ['1.2.3', '1.2.3'],
    ['1e400', '1e400'],
    ['0x1ffffffffffffffff', '0x1ffffffffffffffff'],
    ['18446744073709551615', 18446744073709552000],
    ['12:30', '12:30'],
    ['12:30:45', '12:30:45'],
    ['2020-01-01', '2020-01-01'],
    ['_1', '_1'],
    ['+', '+'],
    ['1 2', '1 2'],
    ["''", ''],
    ['"1"', '1'],
  ])('reads %s', (text, value) => {
    expect(parseGoYaml(`a: ${text}\n`)).toEqual({ a: value });
  });

  it('refuses numbers that JSON cannot hold', () => {
    expect(problemOf('a: .inf')).toBe('yaml: line 1: json: unsupported value: +Inf');
    expect(problemOf('- -.Inf')).toContain('-Inf');
    expect(problemOf('- 1\n- .nan')).toBe('yaml: line 2: json: unsupported value: NaN');
  });

  it('lets explicit tags decide', () => {
    expect(parseGoYaml('- !!str 1\n- !!float 1\n- ! 1\n- !!binary aGk=\n- !!int "3"')).toEqual([
      '1',
      1,
      '1',
      'hi',
      3,
    ]);
    expect(problemOf('a: !!int x')).toContain('cannot decode !!str `x` as a !!int');
    expect(problemOf('a: !e!x y')).toContain('found undefined tag handle');
    expect(parseGoYaml('%TAG !e! tag:e,\n--- !e!x\na: 1')).toEqual({ a: 1 });
  });
});

describe('keys', () => {
  it('become strings, by what YAML 1.1 makes of them', () => {
    expect(
      parseGoYaml('y: 1\nn: 2\n8080: a\n1.50: b\n0x10: c\n1000000: d\n1e6: e\n? "k"\n: f'),
    ).toEqual({
      true: 1,
      false: 2,
      8080: 'a',
      1.5: 'b',
      16: 'c',
      1000000: 'd',
      '1e+06': 'e',
      k: 'f',
    });
  });

  it('are printed as integers however large and as float32 otherwise', () => {
    expect(Object.keys(parseGoYaml('9007199254740993: a\n0.1234567891: b') as object)).toEqual([
      '9007199254740993',
      '0.12345679',
    ]);
  });

  it('may not be null or collections', () => {
    expect(problemOf('~: 1')).toContain('unsupported map key');
    expect(problemOf(': 1')).toContain('unsupported map key');
    expect(problemOf('? [a]\n: 1')).toContain('invalid map key');
  });

  it('repeat without an error, the last one winning', () => {
    expect(parseGoYaml('a: {x: 1}\nb: 1\na: {z: 2}')).toEqual({ a: { z: 2 }, b: 1 });
  });

  it('named __proto__ are members like any other', () => {
    const value = parseGoYaml(
      '__proto__: {polluted: yes}\nb: {__proto__: 1}\nc: &x {__proto__: 2}\nd: *x',
    );
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect((value as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(value)).toBe(
      '{"__proto__":{"polluted":true},"b":{"__proto__":1},"c":{"__proto__":2},"d":{"__proto__":2}}',
    );
  });
});

describe('structure', () => {
  it('lets brackets close at the column of their key, as injection templates do', () => {
    expect(
      parseGoYaml('metadata:\n  annotations: {\n    a: "1",\n    b: "2",\n  }\nspec: [\n]\n'),
    ).toEqual({
      metadata: { annotations: { a: '1', b: '2' } },
      spec: [],
    });
  });

  it('reads lists at the column of their key and in each other', () => {
    expect(parseGoYaml('a:\n- 1\n- - x\n  - w: 1\n    z: 2\n-\nb:\n  - {c: [d, e: f]}\n')).toEqual({
      a: [1, ['x', { w: 1, z: 2 }], null],
      b: [{ c: ['d', { e: 'f' }] }],
    });
  });

  it('reads only the first document', () => {
    expect(parseGoYaml('# c\n---\na: 1\n---\n{ b: [\n')).toEqual({ a: 1 });
    expect(parseGoYaml('---\na: 1\n...\n%@\n')).toEqual({ a: 1 });
    expect(parseGoYaml('{a: 1} trailing ]')).toEqual({ a: 1 });
    expect(parseGoYaml('--- text')).toBe('text');
  });

  it('looks at the first token after it, as go-yaml does', () => {
    expect(problemOf('text\nb: 1')).toBe(
      'yaml: line 2: mapping values are not allowed in this context',
    );
    expect(problemOf('...\na: 1')).toBe('yaml: line 1: did not find expected node content');
  });

  it('makes null of text without a document', () => {
    for (const text of ['', '\n\n', '# only a comment', '---\n', '--- \n...\n']) {
      expect(parseGoYaml(text)).toBeNull();
    }
  });

  it('reads block scalars with every header', () => {
    const text =
      'a: |\n  l1\n   l2\n\nb: |-\n  x\n  \nc: >\n  f1\n  f2\n\n  f3\n    more\n  f4\nd: |2\n    ind\ne: |+\n  k\n\nf: >-\n\n  lead\ng: |\nh: |1-\n x # kept';
    expect(parseGoYaml(text)).toEqual({
      a: 'l1\n l2\n',
      b: 'x',
      c: 'f1 f2\nf3\n  more\nf4\n',
      d: '  ind\n',
      e: 'k\n\n',
      f: '\nlead',
      g: '',
      h: 'x # kept',
    });
  });

  it('folds flow scalars over lines', () => {
    expect(
      parseGoYaml(
        "a: one\n  two\n\n  three # c\nb: \"x\\\n   y \\x41\n  z\n\n  w\"\nc: 'it''s\n  so'",
      ),
    ).toEqual({
      a: 'one two\nthree',
      b: 'xy A z\nw',
      c: "it's so",
    });
  });

  it('tells comments and colons from text', () => {
    expect(
      parseGoYaml('a: b#c # d\nurl: http://x:80/#y\n"q" : -x\nc: [a:b, http://x]\nd: -1a'),
    ).toEqual({
      a: 'b#c',
      url: 'http://x:80/#y',
      q: '-x',
      c: ['a:b', 'http://x'],
      d: '-1a',
    });
  });

  it('reads JSON', () => {
    const value = { a: [1, -2.5, 'x\n"y"\\ é😀', null, true, {}], 'k:': { n: [] } };
    expect(parseGoYaml(JSON.stringify(value))).toEqual(value);
    expect(parseGoYaml(JSON.stringify(value, null, 4))).toEqual(value);
    expect(parseGoYaml(JSON.stringify(value, null, '\t'))).toEqual(value);
  });

  it('reads CR LF line ends and a byte order mark', () => {
    expect(parseGoYaml('\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\n')).toEqual({ a: 1, b: 'x\ny\n' });
  });
});

describe('anchors', () => {
  it('are copied, so that what shares an anchor does not share objects', () => {
    const value = parseGoYaml('a: &x {k: [1]}\nb: *x\nc: &s text\n*s : d') as Record<
      string,
      unknown
    >;
    expect(value).toEqual({ a: { k: [1] }, b: { k: [1] }, c: 'text', text: 'd' });
    expect(value['b']).not.toBe(value['a']);
  });

  it('merge where the merge key stands: over earlier members, under later ones', () => {
    expect(parseGoYaml('b: &b {x: 1, z: 2}\nm:\n  x: 9\n  <<: *b\n  z: 8')).toEqual({
      b: { x: 1, z: 2 },
      m: { x: 1, z: 8 },
    });
    expect(parseGoYaml('m: {<<: [{x: 1}, {x: 2, z: 3}]}')).toEqual({ m: { x: 1, z: 3 } });
    expect(parseGoYaml('m: {"<<": 1}')).toEqual({ m: { '<<': 1 } });
    expect(problemOf('m: {<<: 1}')).toContain('map merge requires map or sequence of maps');
  });

  it('must exist and may not contain themselves', () => {
    expect(problemOf('a: *x')).toBe("yaml: line 1: unknown anchor 'x' referenced");
    expect(problemOf('a: &x [*x]')).toBe("yaml: line 1: anchor 'x' value contains itself");
  });

  it('cannot be used to blow a small text up', () => {
    let text = 'a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n';
    for (let i = 1; i < 12; i++) {
      text += `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(',')}]\n`;
    }
    expect(problemOf(text)).toContain('document contains excessive aliasing');
  });
});

describe('refusals', () => {
  it.each([
    ['a:\n\tb: 1', 'yaml: line 2: found character that cannot start any token'],
    ['a: 1\n\t\nb: 2', 'yaml: line 2: found a tab character that violates indentation'],
    ['-\ta', 'yaml: line 1: found character that cannot start any token'],
    ['a: @x', 'yaml: line 1: found character that cannot start any token'],
    ['a: b: c', 'yaml: line 1: mapping values are not allowed in this context'],
    ['a: 1\n b: 2', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: 1\nb\nc: 2', "yaml: line 2: could not find expected ':'"],
    ['a:\n    b: 1\n  c: 2', 'yaml: line 3: did not find expected key'],
    ['- a\nb: 1', "yaml: line 2: did not find expected '-' indicator"],
    ['a: [1, 2', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: {b: 1', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: {b: 1]', "yaml: line 1: did not find expected ',' or '}'"],
    ['[,]', 'yaml: line 1: did not find expected node content'],
    ['a: "x', 'yaml: line 1: found unexpected end of stream'],
    ['a: "\\q"', 'yaml: line 1: found unknown escape character'],
    ['a: "\\ud83d\\ude00"', 'yaml: line 1: found invalid Unicode character escape code'],
    ['a: |x\n  b', 'yaml: line 1: did not find expected comment or line break'],
    [
      'a: |\n  x\n \ty',
      'yaml: line 3: found a tab character where an indentation space is expected',
    ],
    ['%YAML 1.2\n---\na', 'yaml: line 1: found incompatible YAML document'],
    ['a: \u0001', 'yaml: line 1: control characters are not allowed'],
    ['a: 1\n---x\n', "yaml: line 2: could not find expected ':'"],
  ])('%j', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it('say where: line and column from 1', () => {
    try {
      parseGoYaml('a: 1\nb: c: d\n');
      expect.unreachable();
    } catch (error) {
      expect((error as GoYamlError).place).toEqual({ line: 2, column: 5 });
      expect((error as GoYamlError).code).toBe('OUTRIGGER_YAML');
    }
  });

  it('refuse text that is nested too deeply, in either style', () => {
    expect(problemOf('['.repeat(100_000))).toContain('exceeded max depth');
    expect(problemOf('- '.repeat(100_000))).toContain('exceeded max depth');
    expect(parseGoYaml(`${'['.repeat(400)}${']'.repeat(400)}`)).toBeInstanceOf(Array);
    expect(parseGoYaml('- '.repeat(400))).toBeInstanceOf(Array);
  });
});
