import { describe, expect, test } from 'vitest';
import type {
  ActionNode,
  IfNode,
  ListNode,
  NumberNode,
  OperandNode,
  StatementNode,
  StringNode,
} from '../../src/gotemplate/parse/nodes.ts';
import { positionOf } from '../../src/gotemplate/parse/position.ts';
import { printNode } from '../../src/gotemplate/parse/print-node.ts';
import { parseTemplateText } from '../../src/gotemplate/parse/template-set.ts';

const functions = { hasFunction: (name: string) => /^[a-z]+$/.test(name) };

function parse(text: string): ListNode {
  return parseTemplateText('main', text, functions).get('main')!.root;
}

function first(text: string): StatementNode {
  return parse(text).nodes[0]!;
}

/** The first operand of the first command of the first action. */
function operand(source: string): OperandNode {
  return (first(`{{${source}}}`) as ActionNode).pipe.commands[0]!.args[0]!;
}

const number = (source: string) => operand(source) as NumberNode;
const string = (source: string) => (operand(source) as StringNode).value;

describe('operands', () => {
  test('fields written one after another are one node', () => {
    expect(operand('.Values.global.hub')).toMatchObject({
      kind: 'field',
      names: ['Values', 'global', 'hub'],
    });
    expect(operand('$.Values.global')).toMatchObject({
      kind: 'variable',
      names: ['$', 'Values', 'global'],
    });
  });

  test('fields of anything that is computed are a chain', () => {
    expect(operand('(index .list 1).name.first')).toMatchObject({
      kind: 'chain',
      operand: { kind: 'pipe' },
      names: ['name', 'first'],
    });
    expect(operand('now.Year')).toMatchObject({
      kind: 'chain',
      operand: { kind: 'identifier', name: 'now' },
      names: ['Year'],
    });
  });

  test('a blank makes a field an argument of its own', () => {
    const action = first('{{len .a .b}}') as ActionNode;
    expect(action.pipe.commands[0]?.args.map((arg) => arg.kind)).toEqual([
      'identifier',
      'field',
      'field',
    ]);
  });

  test('constants that are words', () => {
    expect(operand('true')).toMatchObject({ kind: 'bool', value: true });
    expect(operand('false')).toMatchObject({ kind: 'bool', value: false });
    expect(operand('nil')).toMatchObject({ kind: 'nil' });
    expect(operand('.')).toMatchObject({ kind: 'dot' });
  });
});

describe('numbers', () => {
  test.each([
    ['15', 15n],
    ['-15', -15n],
    ['0xfF', 255n],
    ['0b1_01', 5n],
    ['0o17', 15n],
    ['017', 15n],
    ['15_001', 15001n],
    ['15.0', 15n],
    ['1.5e1', 15n],
    ['0x1p4', 16n],
    ['-0', 0n],
    ['-9223372036854775808', -9223372036854775808n],
  ])('%s can be an int', (source, value) => {
    expect(number(source)).toMatchObject({ asInt: value, asComplex: null, isChar: false });
  });

  test('a number with a sign is no unsigned integer, unless it is zero', () => {
    expect(number('-4').asUint).toBeNull();
    expect(number('+4').asUint).toBeNull();
    expect(number('4').asUint).toBe(4n);
    expect(number('-0').asUint).toBe(0n);
  });

  test('a number beyond the signed ones is unsigned only', () => {
    expect(number('18446744073709551615')).toMatchObject({
      asInt: null,
      asUint: 18446744073709551615n,
    });
  });

  test.each([
    ['2.5', 2.5],
    ['.5', 0.5],
    ['7.', 7],
    ['1_0.2_5', 10.25],
    ['089.5', 89.5],
    ['0x1.8p1', 3],
    ['-0x.8p-1', -0.25],
    ['0x1p-1074', 5e-324],
    ['0x1p-1075', 0],
    ['0x1.8p-1075', 5e-324],
    ['0x1.fffffffffffff8p0', 2],
    ['0x1.0000000000000800000000000000000000p0', 1],
    ['0x1.0000000000000800000000000000000001p0', 1 + Number.EPSILON],
    ['0x1.fffffffffffff7ffffffffffffffffffffp0', 1.9999999999999998],
    ['0x1.fffffffffffffp1023', Number.MAX_VALUE],
    ['15', 15],
  ])('%s can be a float', (source, value) => {
    expect(number(source).asFloat).toBe(value);
  });

  test('a float with a fraction, or too large, is no integer', () => {
    expect(number('2.5')).toMatchObject({ asInt: null, asUint: null });
    expect(number('1e30')).toMatchObject({ asInt: null, asUint: null, asFloat: 1e30 });
  });

  test('imaginary and complex numbers', () => {
    expect(number('2.5i')).toMatchObject({ asComplex: { re: 0, im: 2.5 }, asFloat: null });
    expect(number('1-2i')).toMatchObject({ asComplex: { re: 1, im: -2 }, asInt: null });
    expect(number('3+0i')).toMatchObject({ asComplex: { re: 3, im: 0 }, asInt: 3n, asUint: 3n });
  });

  test.each([
    ["'a'", 97n],
    ["'€'", 8364n],
    ["'\\n'", 10n],
    ["'\\''", 39n],
    ["'\\xff'", 255n],
    ["'\\377'", 255n],
    ["'\\U0001f600'", 128512n],
  ])('the character %s is an integer', (source, value) => {
    expect(number(source)).toMatchObject({ asInt: value, isChar: true });
  });
});

describe('strings', () => {
  test.each([
    ['"a\\tb"', 'a\tb'],
    ['"\\a\\b\\f\\n\\r\\v\\\\\\""', '\x07\b\f\n\r\v\\"'],
    ['"\\101\\x42\\u0043\\U00000044"', 'ABCD'],
    ['"\\xc3\\xa9"', 'é'],
    ['"\\303\\251"', 'é'],
    ['"é\\xff"', 'é\udcff'],
    ['`a\\tb`', 'a\\tb'],
    ['`a\r\nb`', 'a\nb'],
  ])('%j', (source, value) => {
    expect(string(source)).toBe(value);
  });

  test('the source keeps its quotes and escapes', () => {
    expect(operand('"a\\tb"')).toMatchObject({ source: '"a\\tb"' });
  });
});

describe('statements', () => {
  test('else if stands in the else part and shares the end', () => {
    const outer = first('{{if .a}}1{{else if .b}}2{{else}}3{{end}}') as IfNode;
    const inner = outer.otherwise!.nodes[0] as IfNode;
    expect(outer.otherwise!.nodes).toHaveLength(1);
    expect(inner).toMatchObject({ kind: 'if', otherwise: { nodes: [{ text: '3' }] } });
  });

  test('else with does the same for with', () => {
    expect(first('{{with .a}}1{{else with .b}}2{{end}}')).toMatchObject({
      kind: 'with',
      otherwise: { nodes: [{ kind: 'with', otherwise: null }] },
    });
  });

  test('without else there is no else part, with an empty one there is', () => {
    expect(first('{{if .a}}{{end}}')).toMatchObject({ otherwise: null });
    expect(first('{{if .a}}{{else}}{{end}}')).toMatchObject({ otherwise: { nodes: [] } });
  });

  test('range declares one or two variables, or assigns them', () => {
    expect(first('{{range $i, $e := .}}{{end}}')).toMatchObject({
      pipe: { isAssign: false, declares: [{ names: ['$i'] }, { names: ['$e'] }] },
    });
    expect(first('{{$e := 1}}{{range $e = .}}{{end}}')).toMatchObject({ kind: 'action' });
    expect(parse('{{$e := 1}}{{range $e = .}}{{end}}').nodes[1]).toMatchObject({
      pipe: { isAssign: true, declares: [{ names: ['$e'] }] },
    });
  });

  test('break and continue may stand anywhere in a range body', () => {
    expect(first('{{range .}}{{if .}}{{break}}{{else}}{{continue}}{{end}}{{end}}')).toMatchObject({
      body: {
        nodes: [
          { body: { nodes: [{ kind: 'break' }] }, otherwise: { nodes: [{ kind: 'continue' }] } },
        ],
      },
    });
  });

  test('a pipe at the end of a pipeline means nothing', () => {
    expect(first('{{f 1 | }}')).toMatchObject({ pipe: { commands: [{ args: [{}, {}] }] } });
  });

  test('template calls by name, with or without an argument', () => {
    expect(first('{{template "a\\tb" .x}}')).toMatchObject({
      name: 'a\tb',
      pipe: { kind: 'pipe' },
    });
    expect(first('{{template `t`}}')).toMatchObject({ name: 't', pipe: null });
  });
});

describe('positions', () => {
  test('a chain of fields stands at the dot of its second field, a single one at its start', () => {
    expect(operand('.aé.b.c').pos).toBe(6);
    expect(operand(' .a').pos).toBe(3);
    expect(operand('$.a.b').pos).toBe(3);
    expect(operand('(f).a').pos).toBe(5);
  });

  test('an action stands at its first token, control structures at their pipeline', () => {
    expect(first('{{  f .x}}')).toMatchObject({ pos: 4, pipe: { pos: 4, commands: [{ pos: 4 }] } });
    expect(first('{{if  .x}}{{end}}')).toMatchObject({ pos: 6 });
    expect(first('{{template "t" .x}}')).toMatchObject({ pos: 11, pipe: { pos: 15 } });
    expect(first('{{range .x}}{{ break }}{{end}}')).toMatchObject({
      body: { nodes: [{ pos: 15 }] },
    });
  });

  test('the column of an offset counts bytes, from zero; the line counts from one', () => {
    const text = 'é\n\n€{{.x}}';
    expect(positionOf(text, 0)).toEqual({ line: 1, column: 0 });
    expect(positionOf(text, 2)).toEqual({ line: 1, column: 2 });
    expect(positionOf(text, 3)).toEqual({ line: 2, column: 0 });
    expect(positionOf(text, 9)).toEqual({ line: 3, column: 5 });
  });
});

describe('nodes written back as source', () => {
  test.each([
    ['{{  $x   :=  f  "a\\x41"   (g   0x10|h) }}', '{{$x := f "a\\x41" (g 0x10 | h)}}'],
    ['{{- ( .a.b | f ).c -}}', '{{(.a.b | f).c}}'],
    ['{{ $ }}{{ nil | f }}', '{{$}}{{nil | f}}'],
    ['{{if not .a}}x{{else if true}}y{{end}}', '{{if not .a}}x{{else}}{{if true}}y{{end}}{{end}}'],
    [
      '{{range $k,$v:=.}}{{break}}{{continue}}{{end}}',
      '{{range $k, $v := .}}{{break}}{{continue}}{{end}}',
    ],
    ['{{template `a"b` .}}{{template "c"}}', '{{template "a\\"b" .}}{{template "c"}}'],
    ['{{/* gone */}}{{with 1i}}{{end}}', '{{with 1i}}{{end}}'],
    ["{{printf `%c` '\\''}}", "{{printf `%c` '\\''}}"],
  ])('%s', (source, printed) => {
    expect(printNode(parse(source))).toBe(printed);
  });
});
