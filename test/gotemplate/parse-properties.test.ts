import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TemplateParseError } from '../../src/gotemplate/errors.ts';
import { Lexer } from '../../src/gotemplate/lex/lexer.ts';
import { printNode } from '../../src/gotemplate/parse/print-node.ts';
import { parseTemplateText } from '../../src/gotemplate/parse/template-set.ts';

const functions = { hasFunction: (name: string) => name !== 'unknown' };

function parse(text: string) {
  return parseTemplateText('main', text, functions).get('main')!.root;
}

/** A tree without what depends on how it was spaced. */
function shape(text: string): unknown {
  const withoutPlaces = (key: string, value: unknown) =>
    key === 'pos' ? undefined : typeof value === 'bigint' ? `${value}n` : value;
  return JSON.parse(JSON.stringify(parse(text), withoutPlaces));
}

const blank = fc.constantFrom(' ', '  ', '\n', ' \t ');
const name = fc.constantFrom('a', 'Spec', 'größe', 'if', 'x1', '_');
const fields = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `.${names.join('.')}`);

const constant = fc.oneof(
  fc.constantFrom('true', 'false', '.', '"a\\tb}}"', '`raw "`', "'x'", "'\\''"),
  fc.constantFrom('1', '-2', '0x1F', '1_000', '2.5', '1e3', '0x1p-2', '3i', '1+2i'),
);

const { pipeline } = fc.letrec<{ pipeline: string; command: string; operand: string }>((tie) => ({
  operand: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    constant,
    fields,
    fc.constantFrom('$', '$x', '$.a', '$x.a.b', 'len', 'print.a'),
    fc.tuple(tie('pipeline'), fc.option(fields, { nil: '' })).map(([p, f]) => `(${p})${f}`),
  ),
  command: fc
    .tuple(
      fc.constantFrom('f', 'printf', '.a.b', '$x', '(f 1).c'),
      fc.array(fc.tuple(blank, tie('operand')), { maxLength: 3 }),
    )
    .map(([first, rest]) => first + rest.flat().join('')),
  pipeline: fc
    .tuple(
      fc.constantFrom('', '$x := ', '$y:=', '$x = '),
      fc.array(tie('command'), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('|', ' | ', ' |', '\n| '),
    )
    .map(([declaration, commands, bar]) => declaration + commands.join(bar)),
}));

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '{{',
      '}}',
      '{{-',
      '-}}',
      ' ',
      '\n',
      '(',
      ')',
      '|',
      ',',
      ':=',
      '=',
      '.',
      '$',
      '"',
      '`',
      "'",
      '\\',
    ),
    fc.constantFrom(
      '{{if .}}',
      '{{else}}',
      '{{end}}',
      '{{range .}}',
      '{{with .}}',
      '{{define "t"}}',
      '{{/*',
      '*/}}',
    ),
    fc.constantFrom(
      'if',
      'else',
      'end',
      'break',
      'nil',
      'true',
      'template',
      'block',
      'unknown',
      'f',
      '.a',
      '$x',
    ),
    fc.constantFrom('0x', '1', '_', 'e', 'p', '+', '-', 'i', '999999999999', '.5'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 30 },
);

describe('for any text', () => {
  test('without a left delimiter it is one text node', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        fc.pre(!text.includes('{{'));
        expect(parse(text)).toEqual({
          kind: 'list',
          pos: 0,
          nodes: [{ kind: 'text', pos: 0, text }],
        });
      }),
    );
  });

  test('a pipeline that is written back parses to the same tree', () => {
    fc.assert(
      fc.property(pipeline, (source) => {
        const text = `{{$x := 1}}{{ ${source} }}`;
        const printed = printNode(parse(text));
        expect(shape(printed)).toEqual(shape(text));
        expect(printNode(parse(printed))).toBe(printed);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever it is, it parses or is refused with a TemplateParseError', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        try {
          parse(text);
        } catch (error) {
          if (!(error instanceof TemplateParseError)) throw error;
          const lines = text.split('\n').length;
          expect(error.line).toBeGreaterThanOrEqual(1);
          expect(error.line).toBeLessThanOrEqual(lines);
          expect(error.column).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test('tokens stand in order, at the bytes where their text is', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('').toWellFormed();
        const bytes = Buffer.from(text);
        const lexer = new Lexer(text);
        let end = 0;
        for (
          let token = lexer.next();
          token.kind !== 'eof' && token.kind !== 'error';
          token = lexer.next()
        ) {
          const written = Buffer.from(token.text);
          expect(token.pos).toBeGreaterThanOrEqual(end);
          end = token.pos + written.length;
          expect(bytes.subarray(token.pos, end).equals(written)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});
