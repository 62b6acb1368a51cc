import { describe, expect, test } from 'vitest';
import { TemplateExecError, TemplateParseError } from '../../src/gotemplate/errors.ts';
import { parseTemplateText } from '../../src/gotemplate/parse/template-set.ts';

const functions = { hasFunction: (name: string) => ['f', 'g', 'not'].includes(name) };

function errorOf(text: string): TemplateParseError {
  try {
    parseTemplateText('side', text, functions);
  } catch (error) {
    expect(error).toBeInstanceOf(TemplateParseError);
    return error as TemplateParseError;
  }
  throw new Error('the template was accepted');
}

describe('what the grammar refuses', () => {
  test.each([
    ['{{}}', 'missing value for command'],
    ['{{ /* x */ }}', 'unexpected "/" in command'],
    ['{{ f ! }}', 'unexpected "!" in operand'],
    ['{{ f()}}', 'unexpected "(" in operand'],
    ['{{ f "a"`b` }}', 'unexpected "`b`" in operand'],
    ['{{ f () }}', 'missing value for parenthesized pipeline'],
    ['{{ (f := 1) }}', 'unexpected ":=" in operand'],
    ['{{ f | 7 }}', 'non executable command in pipeline stage 2'],
    ['{{ f | g | nil }}', 'non executable command in pipeline stage 3'],
    ["{{ f | 'x' }}", 'non executable command in pipeline stage 2'],
    ['{{ "s".x }}', 'unexpected . after term "\\"s\\""'],
    ['{{ 7 .x.y.z }}{{ true.x }}', 'unexpected . after term "true"'],
    ['{{ h }}', 'function "h" not defined'],
    ['{{ if }}{{end}}', 'missing value for if'],
    ['{{ range }}{{end}}', 'missing value for range'],
    ['{{ with }}{{end}}', 'missing value for with'],
    ['{{ if .a }}', 'unexpected EOF'],
    ['{{ if .a }}{{ else }}', 'unexpected EOF'],
    ['{{ end }}', 'unexpected {{end}}'],
    ['{{ else }}', 'unexpected {{else}}'],
    ['{{ else if .x }}', 'unexpected {{else}}'],
    ['{{ if .a }}{{ else }}{{ else }}{{ end }}', 'expected end; found {{else}}'],
    ['{{ if .a }}{{ else range .b }}{{ end }}', 'unexpected <range> in else'],
    ['{{ with .a }}{{ else if .b }}{{ end }}', 'unexpected <if> in input'],
    ['{{ range .a }}{{ else if .b }}{{ end }}', 'unexpected <if> in input'],
    ['{{ if .a }}{{ end .b }}', 'unexpected ".b" in end'],
    ['{{ $a, $b := f }}', 'too many declarations in command'],
    ['{{ with $a, $b := f }}{{ end }}', 'too many declarations in with'],
    ['{{ range $a, $b, $c := f }}{{ end }}', 'too many declarations in range'],
    ['{{ range $a, f }}{{ end }}', 'range can only initialize variables'],
    ['{{ range $a, }}{{ end }}', 'missing value for range'],
    ['{{ break }}', '{{break}} outside {{range}}'],
    ['{{ range .a }}{{ else }}{{ continue }}{{ end }}', '{{continue}} outside {{range}}'],
    ['{{ range .a }}{{ continue .b }}{{ end }}', 'unexpected ".b" in {{continue}}'],
    ['{{ define t }}{{ end }}', 'unexpected "t" in define clause'],
    ['{{ define "t" 1 }}{{ end }}', 'unexpected "1" in define clause'],
    ['{{ define "t" }}{{ else }}{{ end }}', 'unexpected {{else}} in define clause'],
    ['{{ with . }}{{ define "t" }}{{ end }}{{ end }}', 'unexpected <define> in command'],
    ['{{ template }}', 'unexpected "}}" in template clause'],
    ['{{ template .x }}', 'unexpected ".x" in template clause'],
    ['{{ template "a" := }}', 'unexpected ":=" in template clause'],
    ['{{ block "t" }}{{ end }}', 'missing value for block clause'],
    ['{{ range . }}{{ block "t" . }}{{ break }}{{ end }}{{ end }}', '{{break}} outside {{range}}'],
    ['{{ "\\z" }}', 'invalid syntax'],
    ['{{ "\\\'" }}', 'invalid syntax'],
    ['{{ "\\400" }}', 'invalid syntax'],
    ['{{ "\\ud800" }}', 'invalid syntax'],
    ['{{ define "\\z" }}{{ end }}', 'invalid syntax'],
    ["{{ '' }}", 'invalid syntax'],
    ["{{ 'xy' }}", "malformed character constant: 'xy'"],
    ['{{ - }}', 'illegal number syntax: "-"'],
    ['{{ .', 'illegal number syntax: "."'],
    ['{{ 1_ }}', 'illegal number syntax: "1_"'],
    ['{{ 1_.5 }}', 'illegal number syntax: "1_.5"'],
    ['{{ 1__5 }}', 'illegal number syntax: "1__5"'],
    ['{{ 0x }}', 'illegal number syntax: "0x"'],
    ['{{ 0x1.5 }}', 'illegal number syntax: "0x1.5"'],
    ['{{ 1e999 }}', 'illegal number syntax: "1e999"'],
    ['{{ 18446744073709551616 }}', 'integer overflow: "18446744073709551616"'],
    ['{{ 08 }}', 'integer overflow: "08"'],
    ['{{ 0b1+2i }}', 'syntax error scanning complex number'],
    ['{{ 1_+2i }}', 'strconv.ParseFloat: parsing "1_": invalid syntax'],
    ['{{ 1+1e999i }}', 'strconv.ParseFloat: parsing "+1e999": value out of range'],
  ])('%s: %s', (text, reason) => {
    const error = errorOf(text);
    expect(error.reason).toBe(reason);
    expect(error.message).toBe(`template: side:1: ${reason}`);
  });
});

describe('where an error is found', () => {
  test('the line is that of the token that was read last', () => {
    expect(errorOf('a\n\n{{ if .x }}\n{{ h }}')).toMatchObject({ line: 4, column: 3 });
    expect(errorOf('{{ f\n\n.x\n/ }}')).toMatchObject({ line: 4, column: 0 });
  });

  test('at the end of the text it is the last line', () => {
    expect(errorOf('{{ with . }}\nx\n\n').line).toBe(4);
  });

  test('the column counts bytes', () => {
    expect(errorOf('é€ {{ h }}').column).toBe(9);
  });

  test('what the lexer finds names the line on which the action started', () => {
    expect(errorOf('\n{{ f\n "x').message).toBe(
      'template: side:3: unterminated quoted string in action started at side:2',
    );
    expect(errorOf('\n{{ f\n\n').message).toBe(
      'template: side:4: unclosed action started at side:2',
    );
    expect(errorOf('\n{{ f "x').message).toBe('template: side:2: unterminated quoted string');
  });

  test('the condition of an else if is not held to belong to an action', () => {
    expect(errorOf('{{ if . }}\n{{ else if\n "x').message).toBe(
      'template: side:3: unterminated quoted string',
    );
  });

  test('nor is a define clause', () => {
    expect(errorOf('{{ define\n "x').message).toBe('template: side:2: unterminated quoted string');
  });

  test('an else in a block is reported at the end of the block clause', () => {
    expect(errorOf('{{ block "b" . }}\n\n{{ else }}{{ end }}').message).toBe(
      'template: side:1: unexpected {{else}} in block clause',
    );
  });
});

describe('scope of variables', () => {
  const accepted = (text: string) => parseTemplateText('side', text, functions);

  test.each([
    '{{ $x := 1 }}{{ if $x }}{{ $x }}{{ end }}{{ $x }}',
    '{{ if $x := 1 }}{{ $x }}{{ else }}{{ $x }}{{ end }}',
    '{{ if . }}{{ $x := 1 }}{{ else }}{{ $x }}{{ end }}',
    '{{ f ($x := 1) $x }}',
    '{{ $x = 1 }}{{ $x }}',
    '{{ range $i, $e := . }}{{ $i }}{{ $e.name }}{{ end }}',
    '{{ define "t" }}{{ $ }}{{ end }}',
    '{{ $x:=1 }}{{ $x := f $x }}{{ with . }}{{ $x := 2 }}{{ end }}{{ $x }}',
  ])('%s is accepted', (text) => {
    expect(accepted(text)).toBeInstanceOf(Map);
  });

  test.each([
    '{{ $x }}',
    '{{ $x.name }}',
    '{{ $x := $x }}{{ $y }}',
    '{{ with . }}{{ $x := 1 }}{{ end }}{{ $x }}',
    '{{ range $x := . }}{{ end }}{{ $x }}',
    '{{ if . }}{{ else if $x := 1 }}{{ end }}{{ $x }}',
    '{{ $x := 1 }}{{ define "t" }}{{ $x }}{{ end }}',
    '{{ $x := 1 }}{{ block "t" . }}{{ $x }}{{ end }}',
    '{{ block "t" . }}{{ $x := 1 }}{{ end }}{{ $x }}',
    '{{ range $k, $x }}{{ end }}',
  ])('%s is refused', (text) => {
    expect(errorOf(text).reason).toMatch(/^undefined variable "\$[xy]"$/);
  });
});

describe('bounds', () => {
  const nested = (open: string, close: string, depth: number) =>
    open.repeat(depth) + close.repeat(depth);

  test.each([
    ['parentheses', (depth: number) => `{{ ${nested('(f ', ')', depth)} }}`],
    ['control structures', (depth: number) => nested('{{if 1}}', '{{end}}', depth)],
    ['else if', (depth: number) => `{{if 1}}${'{{else if 1}}'.repeat(depth - 1)}{{end}}`],
  ])('%s may nest 500 deep and no deeper', (_name, text) => {
    expect(() => parseTemplateText('side', text(500), functions)).not.toThrow();
    expect(errorOf(text(501)).reason).toBe('max expression depth exceeded');
    expect(errorOf(text(100_000)).reason).toBe('max expression depth exceeded');
  });

  test('what does not nest may be repeated as often as one likes', () => {
    expect(parseTemplateText('side', '{{if (f 1)}}{{end}}'.repeat(2000), functions).size).toBe(1);
  });

  test('blocks in blocks are bounded too', () => {
    expect(errorOf('{{ block "b" . }}'.repeat(100_000)).reason).toBe(
      'max expression depth exceeded',
    );
  });

  test('many variables do not slow each other down', () => {
    const declared = Array.from({ length: 20_000 }, (_, i) => `{{$v${i} := 1}}{{$v0}}`).join('');
    expect(parseTemplateText('side', declared, functions).get('side')?.root.nodes).toHaveLength(
      40_000,
    );
  });
});

test('an error at run time says what was running, where, and at which node', () => {
  const place = { templateName: 'side', line: 3, column: 8, running: 'a"b', context: '.x.y' };
  const error = new TemplateExecError(place, 'no such thing');
  expect(error.message).toBe('template: side:3:8: executing "a\\"b" at <.x.y>: no such thing');
  expect(error).toMatchObject({ name: 'TemplateExecError', line: 3, column: 8, running: 'a"b' });
});
