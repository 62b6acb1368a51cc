import { describe, expect, test } from 'vitest';
import { Lexer } from '../../src/gotemplate/lex/lexer.ts';
import type { Token } from '../../src/gotemplate/lex/token.ts';
import { describeToken } from '../../src/gotemplate/lex/token.ts';

function tokensOf(text: string): Token[] {
  const lexer = new Lexer(text);
  const tokens: Token[] = [];
  for (;;) {
    const token = lexer.next();
    tokens.push(token);
    if (token.kind === 'eof' || token.kind === 'error') return tokens;
  }
}

/** Kinds and texts of what stands in one action. */
function inAction(source: string): string[] {
  return tokensOf(`{{${source}}}`)
    .slice(1, -2)
    .map((token) => (token.kind === 'space' ? '_' : `${token.kind} ${token.text}`));
}

function textsOf(text: string): string[] {
  return tokensOf(text)
    .filter((token) => token.kind === 'text')
    .map((token) => token.text);
}

function errorOf(text: string): string | undefined {
  const last = tokensOf(text).at(-1);
  return last?.kind === 'error' ? last.text : undefined;
}

describe('text around actions', () => {
  test('text without left delimiter is one token, right delimiters included', () => {
    expect(tokensOf('port: 80 }} } {')).toMatchObject([
      { kind: 'text', text: 'port: 80 }} } {' },
      { kind: 'eof' },
    ]);
  });

  test('an empty text has nothing but its end', () => {
    expect(tokensOf('')).toMatchObject([{ kind: 'eof', pos: 0, line: 1 }]);
  });

  test('a trim marker on the left takes away blanks of all four kinds before it', () => {
    expect(textsOf('key: \t\r\n {{- 8 }} rest')).toEqual(['key:', ' rest']);
  });

  test('a trim marker on the right takes away the blanks behind it', () => {
    expect(textsOf('key: {{ 8 -}} \r\n\t rest')).toEqual(['key: ', 'rest']);
  });

  test('text of blanks alone disappears between trim markers', () => {
    expect(textsOf('{{ 8 -}}  \n  {{- 9 }}')).toEqual([]);
  });

  test('a trim marker trims behind any number of blanks', () => {
    expect(textsOf('key: {{ 8 \n\t -}} rest')).toEqual(['key: ', 'rest']);
  });

  test('other kinds of blank are not trimmed', () => {
    expect(textsOf('key\u00a0\f {{- 8 -}} \u2003rest')).toEqual(['key\u00a0\f', '\u2003rest']);
  });

  test('a minus with no blank beside it is a sign, or belongs to the action', () => {
    expect(textsOf('key {{-8}} rest')).toEqual(['key ', ' rest']);
    expect(inAction('-8')).toEqual(['number -8']);
  });

  test('a trim marker may be set off by a line break', () => {
    expect(textsOf('key {{-\n8\n-}} rest')).toEqual(['key', 'rest']);
  });

  test('the blanks before a trim marker are a token only when there are several', () => {
    expect(tokensOf('{{f -}}').map((token) => token.kind)).not.toContain('space');
    expect(tokensOf('{{f  -}}').map((token) => token.kind)).toContain('space');
  });
});

describe('comments', () => {
  test('a comment leaves no token behind, whatever it holds', () => {
    expect(textsOf('a{{/* {{ if }} \n */}}b')).toEqual(['a', 'b']);
  });

  test('a comment with trim markers trims on both sides', () => {
    expect(textsOf('a \n{{- /* note */ -}}\n b')).toEqual(['a', 'b']);
  });

  test('a comment must be closed, and its delimiter must follow directly', () => {
    expect(errorOf('a{{/* note }}')).toBe('unclosed comment');
    expect(errorOf('a{{/* note */  }}')).toBe('comment ends before closing delimiter');
    expect(errorOf('a{{/*/}}')).toBe('unclosed comment');
  });
});

describe('tokens of an action', () => {
  test('fields, variables and dots', () => {
    expect(inAction('.Spec.hostPID $x.y $ $1 .')).toEqual([
      'field .Spec',
      'field .hostPID',
      '_',
      'variable $x',
      'field .y',
      '_',
      'variable $',
      '_',
      'variable $1',
      '_',
      'dot .',
    ]);
  });

  test('keywords are words of their own kind, except behind a dot', () => {
    expect(inAction('if .if end $end')).toEqual([
      'if if',
      '_',
      'field .if',
      '_',
      'end end',
      '_',
      'variable $end',
    ]);
    expect(inAction('nil true iffy')).toEqual([
      'nil nil',
      '_',
      'bool true',
      '_',
      'identifier iffy',
    ]);
  });

  test('words may hold letters and digits of any script', () => {
    expect(inAction('größe٣ .名前')).toEqual(['identifier größe٣', '_', 'field .名前']);
  });

  test('operators need no blanks', () => {
    expect(inAction('$x:=(f|g)')).toEqual([
      'variable $x',
      'declare :=',
      'leftParen (',
      'identifier f',
      'pipe |',
      'identifier g',
      'rightParen )',
    ]);
  });

  test('strings may hold delimiters; raw strings may span lines', () => {
    expect(inAction('"a}}\\"b" `c\n}}`')).toEqual(['string "a}}\\"b"', '_', 'rawString `c\n}}`']);
  });

  test('other printable ASCII characters are tokens for the parser to refuse', () => {
    expect(inAction('# ,')).toEqual(['char #', '_', 'char ,']);
  });

  test.each([
    '0',
    '-7',
    '+7',
    '0x1F',
    '0b101',
    '0o17',
    '1_000',
    '1.',
    '.5',
    '6.02e+23',
    '0x1.8p-3',
    '3i',
  ])('the number %s is one token', (number) => {
    expect(inAction(number)).toEqual([`number ${number}`]);
  });

  test('a sum with an imaginary part is one complex number', () => {
    expect(inAction('2-4.5i')).toEqual(['complex 2-4.5i']);
  });
});

describe('what the lexer refuses', () => {
  test.each([
    ['{{ .x', 'unclosed action'],
    ['{{ "x }}', 'unterminated quoted string'],
    ['{{ "x\n" }}', 'unterminated quoted string'],
    ['{{ "x\\', 'unterminated quoted string'],
    ['{{ `x }}', 'unterminated raw quoted string'],
    ["{{ 'x }}", 'unterminated character constant'],
    ['{{ (f }}', 'unclosed left paren'],
    ['{{ f) }}', 'unexpected right paren'],
    ['{{ $x : 1 }}', 'expected :='],
    ['{{ .spec-name }}', "bad character U+002D '-'"],
    ['{{ $x@ }}', "bad character U+0040 '@'"],
    ['{{ f→ }}', "bad character U+2192 '→'"],
    ['{{ → }}', "unrecognized character in action: U+2192 '→'"],
    ['{{ \u0007 }}', 'unrecognized character in action: U+0007'],
    ['{{ 😀 }}', "unrecognized character in action: U+1F600 '😀'"],
    ['{{ 80th }}', 'bad number syntax: "80t"'],
    ['{{ .5x }}', 'bad number syntax: ".5x"'],
    ['{{ 1+2 }}', 'bad number syntax: "1+2"'],
  ])('%j: %s', (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  test('nothing but the end follows an error', () => {
    const lexer = new Lexer('{{ ~~ "x {{ y');
    let token = lexer.next();
    while (token.kind !== 'error') token = lexer.next();
    expect(lexer.next().kind).toBe('eof');
    expect(lexer.next().kind).toBe('eof');
  });
});

describe('where tokens stand', () => {
  test('offsets count bytes of UTF-8, lines count from one', () => {
    const places = tokensOf('é€😀\n{{ .x }}').map(({ kind, pos, line }) => [kind, pos, line]);
    expect(places).toEqual([
      ['text', 0, 1],
      ['leftDelim', 10, 2],
      ['space', 12, 2],
      ['field', 13, 2],
      ['space', 15, 2],
      ['rightDelim', 16, 2],
      ['eof', 18, 2],
    ]);
  });

  test('lines that are trimmed away or commented out still count', () => {
    const last = tokensOf('a\n\n{{- /* b\nc */ -}}\n\n{{ .x }}').find(
      ({ kind }) => kind === 'field',
    );
    expect(last?.line).toBe(6);
  });

  test('a byte that is not UTF-8 counts as one', () => {
    expect(tokensOf('\udcff{{1}}')[1]).toMatchObject({ kind: 'leftDelim', pos: 1 });
  });
});

describe('tokens in messages', () => {
  const token = (kind: Token['kind'], text: string) =>
    describeToken({ kind, text, pos: 0, line: 1 });

  test('the end, keywords and other tokens are told apart', () => {
    expect(token('eof', '')).toBe('EOF');
    expect(token('range', 'range')).toBe('<range>');
    expect(token('dot', '.')).toBe('<.>');
    expect(token('bool', 'true')).toBe('"true"');
    expect(token('string', '"a\\n"')).toBe('"\\"a\\\\n\\""');
  });

  test('a long token is cut after ten characters', () => {
    expect(token('identifier', 'abcdefghij')).toBe('"abcdefghij"');
    expect(token('identifier', 'abcdefghijk')).toBe('"abcdefghij"...');
  });

  test('length is measured in bytes but cut by characters, as in Go', () => {
    expect(token('identifier', 'ééééééé')).toBe('"ééééééé"...');
  });
});
