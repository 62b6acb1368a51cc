import { describe, expect, test } from 'vitest';
import { parseGoYaml } from '../../src/goyaml/index.ts';
import type { JsonValue } from '../../src/json.ts';
import { rewriteText } from '../../src/manifest/edit/rewrite-text.ts';

/** Changes the value of a text in place, and gives the text for it. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into values whose shape they know.
function rewrite(text: string, change: (value: any) => void): string {
  const before = parseGoYaml(text);
  const after = structuredClone(before);
  change(after);
  const result = rewriteText(text, before, after, parseGoYaml);
  expect(parseGoYaml(result)).toEqual(after);
  return result;
}

describe('a block mapping', () => {
  test('gets new pairs behind its last one and the comments that belong there', () => {
    const text = 'a:\n  b: 1  # one\n  # more of a\n# end of all\nc: 2\n';
    expect(rewrite(text, (value) => Object.assign(value.a, { p: { x: [1] } }))).toBe(
      'a:\n  b: 1  # one\n  # more of a\n  p:\n    x:\n    - 1\n# end of all\nc: 2\n',
    );
  });

  test('loses pairs with their lines', () => {
    expect(rewrite('a: 1\nb:\n- x  # y\nc: 3\n', (value) => delete value.b)).toBe('a: 1\nc: 3\n');
    expect(rewrite('- a: 1\n  b: 2\n', ([item]) => delete item.a)).toBe('- b: 2\n');
    expect(rewrite('x:\n  a: 1\n', (value) => delete value.x.a)).toBe('x: {}\n');
  });

  test('gets metadata in front of spec and its comment', () => {
    expect(
      rewrite('t:\n  # s\n  spec: 1\n', (value) => Object.assign(value.t, { metadata: { a: 1 } })),
    ).toBe('t:\n  metadata:\n    a: 1\n  # s\n  spec: 1\n');
  });

  test('keeps the comments in it when all its pairs are exchanged for others', () => {
    const exchange = (text: string) =>
      rewrite(text, (value) => {
        value.p = { x: 1, z: [2] };
      });
    expect(exchange('p:  # why\n\n  # that one\n  a: 1\n  b:\n    c: 2\n  # end\nq: 0\n')).toBe(
      'p:  # why\n\n  # that one\n  x: 1\n  z:\n  - 2\n  # end\nq: 0\n',
    );
    expect(exchange('p:\n  a: |\n    text\nq: 0\n')).toBe('p:\n  x: 1\n  z:\n  - 2\nq: 0\n');
  });

  test('with a key twice is edited where it counts', () => {
    expect(rewrite('a: 1\na: 2\n', (value) => Object.assign(value, { a: 3 }))).toBe('a: 1\na: 3\n');
    expect(rewrite('a: 1\nb: 0\na: 2\n', (value) => delete value.a)).toBe('b: 0\n');
  });

  test('is found by keys that are no text', () => {
    const text = 'yes: {}\n0x10:\n  a: 1\n';
    expect(rewrite(text, (value) => Object.assign(value['16'], { b: 2 }))).toBe(
      'yes: {}\n0x10:\n  a: 1\n  b: 2\n',
    );
  });

  test('without a line break at its end gets one when something follows', () => {
    expect(rewrite('a: 1', (value) => Object.assign(value, { b: 2, c: 3 }))).toBe(
      'a: 1\nb: 2\nc: 3\n',
    );
  });
});

describe('a block list', () => {
  const text = 'l:\n  # first\n  - name: a\n    v: 1\n\n  # second\n  -   name: b\n';

  test('gets new items where they belong, in front of comments about others', () => {
    expect(rewrite(text, ({ l }) => l.unshift({ name: 'z' }))).toBe(
      'l:\n  - name: z\n  # first\n  - name: a\n    v: 1\n\n  # second\n  -   name: b\n',
    );
    expect(rewrite(text, ({ l }) => l.splice(1, 0, 'z'))).toContain(
      '    v: 1\n  - z\n\n  # second\n',
    );
    expect(rewrite(text, ({ l }) => l.push({ x: 1, z: 2 }))).toMatch(
      / {2}-\s+name: b\n {2}- x: 1\n {4}z: 2\n$/,
    );
  });

  test('loses items with their lines, and edits the ones that stay', () => {
    expect(
      rewrite(text, ({ l }) => {
        l.shift();
        l[0].v = 2;
      }),
    ).toBe('l:\n  # first\n\n  # second\n  -   name: b\n      v: 2\n');
    expect(rewrite('l:\n- a\n', ({ l }) => l.pop())).toBe('l: []\n');
  });

  test('on the line of a dash is edited, too', () => {
    expect(rewrite('- - a\n  - b\n', ([l]) => l.push('c'))).toBe('- - a\n  - b\n  - c\n');
    expect(rewrite('- - a\n  - b\n', ([l]) => l.unshift('c'))).toBe('- - c\n  - a\n  - b\n');
    expect(rewrite('- - a\n  - b\n', ([l]) => l.shift())).toBe('- - b\n');
  });
});

describe('a scalar', () => {
  test('changes alone on its line, in the quotes it had', () => {
    const text = `a: old # c\nb: 'old'\nc: "old"\nd:\n`;
    const change = (value: Record<string, JsonValue>): void => {
      Object.assign(value, { a: 'new', b: 'new', c: 'new', d: 1 });
    };
    expect(rewrite(text, change)).toBe(`a: new # c\nb: 'new'\nc: "new"\nd: 1\n`);
  });

  test('becomes a collection below its key, and the comment stays', () => {
    expect(
      rewrite('a: 1 # c\nb: ~\n', (value) => Object.assign(value, { a: { x: 1 }, b: [1] })),
    ).toBe('a: # c\n  x: 1\nb:\n- 1\n');
  });

  test('of several lines is written below, unless a comment would get lost in it', () => {
    expect(rewrite('a: 1\nb: 2\n', (value) => Object.assign(value, { a: 'x\ny\n' }))).toBe(
      'a: |\n  x\n  y\nb: 2\n',
    );
    expect(rewrite('a: 1\n  # c\n', (value) => Object.assign(value, { a: 'x\ny' }))).toContain(
      '# c',
    );
  });

  test.each([
    '',
    ' a',
    'a ',
    'true',
    'n',
    '~',
    '1',
    '0x1f',
    '1e3',
    '1_0',
    '12:30:45',
    '2020-01-01',
    '.inf',
    '<<',
    '=',
    '- a',
    '? a',
    'a: b',
    'a #b',
    '#a',
    '*a',
    '&a',
    '!a',
    '|',
    '>',
    '%a',
    '@a',
    '`a`',
    '{a',
    '[a',
    ',a',
    '"a"',
    "'a'",
    'a:',
    ':a',
    '---',
    '...',
    '\t',
    'a\u0000b',
    '\u0085',
    '\ufeff',
    '😀',
    'a\rb',
    'x\n\n',
    '\n x',
    ' \n',
    'a\n b\n',
  ])('can be %j', (text) => {
    rewrite('a: 1\nb: [2]\nc:\n- 3\n', (value) => {
      value.a = text;
      value.b.push(text);
      value.c.push(text);
      value[text === '<<' ? 'k' : `k${text}`] = text;
    });
  });
});

describe('a flow collection', () => {
  test('stays on its line while there is room', () => {
    expect(
      rewrite('a: {b: 1} # c\nl: [x, y]\n', (value) => {
        value.a.p = 'z';
        value.l.splice(1, 0, 'm');
      }),
    ).toBe('a: {b: 1, p: z} # c\nl: [x, m, y]\n');
    expect(
      rewrite('a: {b: 1, c: 2}\nl: [x, y]\n', (value) => {
        delete value.a.c;
        value.l.shift();
      }),
    ).toBe('a: {b: 1}\nl: [y]\n');
  });

  test('becomes block style when it would get too long, with what it had as it was', () => {
    const long = 'x'.repeat(100);
    expect(
      rewrite('a: {b: \'one\', "c": {d: [1]}}\n', (value) => Object.assign(value.a, { long })),
    ).toBe(`a:\n  b: 'one'\n  "c": {d: [1]}\n  long: ${long}\n`);
  });

  test('over several lines keeps comments and commas where they are', () => {
    const text = 'p: {\n    a: 1,  # one\n    # more\n    b: 2  # two\n  }\n';
    const added = 'p: {\n    a: 1,  # one\n    # more\n    b: 2,  # two\n    c: 3\n  }\n';
    expect(rewrite(text, ({ p }) => Object.assign(p, { c: 3 }))).toBe(added);
    expect(rewrite(added, ({ p }) => delete p.c)).toBe(text);
    expect(rewrite(text, ({ p }) => delete p.a)).toBe('p: {\n    # more\n    b: 2  # two\n  }\n');
    expect(rewrite(text, ({ p }) => delete p.b && Object.assign(p, { c: 3 }))).toBe(
      'p: {\n    a: 1,  # one\n    # more\n    c: 3  # two\n  }\n',
    );
    const trailing = 'p: [\n    1,\n  ]\n';
    expect(rewrite(trailing, ({ p }) => p.push(2))).toBe('p: [\n    1,\n    2,\n  ]\n');
    expect(rewrite('p: [\n    1,\n    2,\n  ]\n', ({ p }) => p.pop())).toBe(trailing);
  });

  test('over several lines goes on line by line', () => {
    expect(
      rewrite('a: {\n  b: 1, # one\n  c: [\n  ]\n}\n', (value) => Object.assign(value.a, { d: 2 })),
    ).toBe('a: {\n  b: 1, # one\n  c: [\n  ],\n  d: 2\n}\n');
  });
});

describe('JSON', () => {
  test('stays JSON in the author’s layout', () => {
    const change = (value: { l: JsonValue[] }): void => {
      value.l.push({ b: 'x' });
    };
    expect(rewrite('{"l":[1]}', change)).toBe('{"l":[1,{"b":"x"}]}');
    expect(rewrite('{"l": [1, 2]}\n', change)).toBe('{"l": [1, 2, {"b": "x"}]}\n');
    expect(rewrite('{\n\t"l": [\n\t\t1\n\t]\n}\n', change)).toBe(
      '{\n\t"l": [\n\t\t1,\n\t\t{\n\t\t\t"b": "x"\n\t\t}\n\t]\n}\n',
    );
    for (const text of ['{"l":[]}', '{"l": []}\n', '{\n  "l": []\n}\n']) {
      expect(JSON.parse(rewrite(text, change))).toEqual({ l: [{ b: 'x' }] });
    }
  });
});

describe('anchors', () => {
  test('that are used elsewhere keep their meaning there', () => {
    expect(
      rewrite('a: &x\n  k: 1\nb: *x\nc: *x\n', (value) => {
        value.a.p = 2;
        value.c.p = 2;
      }),
    ).toBe('a: &x\n  k: 1\n  p: 2\nb:\n  k: 1\nc: *x\n');
  });

  test('are left alone when only an alias changes', () => {
    expect(
      rewrite('a: &x {k: 1}\nb: *x # c\n', (value) => {
        value.b = { k: 2 };
      }),
    ).toBe('a: &x {k: 1}\nb: # c\n  k: 2\n');
  });

  test('that go take their aliases along', () => {
    expect(rewrite('a: &x 1\nb: *x\n', (value) => delete value.a)).toBe('b: 1\n');
  });

  test('that are merged are overridden, not written out', () => {
    expect(
      rewrite('a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n  m: 3\n', (value) => {
        value.b.k = 9;
      }),
    ).toBe('a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n  m: 3\n  k: 9\n');
  });

  test('that are merged are written out when a member has to go', () => {
    expect(rewrite('a: &x\n  k: 1\n  l: 2\nb:\n  <<: *x\n', (value) => delete value.b.k)).toBe(
      'a: &x\n  k: 1\n  l: 2\nb:\n  l: 2\n',
    );
  });
});

test('the author’s indentation is taken up', () => {
  const text = 'a:\n    b:\n        -   c: 1\n';
  expect(rewrite(text, (value) => Object.assign(value.a, { p: [{ x: 1, q: { z: 2 } }] }))).toBe(
    `${text}    p:\n        -   x: 1\n            q:\n                z: 2\n`,
  );
});

test('a text that does not change comes back as it is', () => {
  const text = '{ a:   1 } # c';
  expect(rewriteText(text, { a: 1 }, { a: 1 }, parseGoYaml)).toBe(text);
});

test('text after the end of the object is not lost', () => {
  expect(() => rewrite('{a: 1}\n{b: 2}\n', (value) => Object.assign(value, { a: 2 }))).toThrow(
    'there is more text after the end of the object',
  );
});

test('members called __proto__ are members like any other', () => {
  const text = '__proto__:\n  a: 1\nb: {}\n';
  const before = parseGoYaml(text);
  const after = parseGoYaml('__proto__:\n  a: 1\n  x: z\nb: {}\n');
  expect(rewriteText(text, before, after, parseGoYaml)).toBe('__proto__:\n  a: 1\n  x: z\nb: {}\n');
  expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
});
