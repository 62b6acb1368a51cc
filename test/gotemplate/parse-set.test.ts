import { describe, expect, test } from 'vitest';
import type { ParsedTemplate } from '../../src/gotemplate/parse/nodes.ts';
import { printNode } from '../../src/gotemplate/parse/print-node.ts';
import { addTemplates, parseTemplateText } from '../../src/gotemplate/parse/template-set.ts';

const functions = { hasFunction: () => true };
const parse = (name: string, text: string) => parseTemplateText(name, text, functions);

function bodies(templates: ReadonlyMap<string, ParsedTemplate>): Record<string, string> {
  return Object.fromEntries([...templates].map(([name, { root }]) => [name, printNode(root)]));
}

describe('templates of one text', () => {
  test('defines and blocks are templates of their own', () => {
    const text = 'a{{define "one"}}1{{end}}b{{block "two" .x}}2{{end}}c';
    expect(bodies(parse('main', text))).toEqual({
      main: 'ab{{template "two" .x}}c',
      one: '1',
      two: '2',
    });
  });

  test('every one knows the text and the name that errors are reported under', () => {
    const text = '{{define "one"}}1{{end}}';
    expect(parse('main', text).get('one')).toMatchObject({ name: 'one', parseName: 'main', text });
  });

  test('a block in a define is known outside', () => {
    expect(bodies(parse('main', '{{define "a"}}{{block "b" .}}1{{end}}{{end}}'))).toEqual({
      main: '',
      a: '{{template "b" .}}',
      b: '1',
    });
  });

  test('a body of blanks and comments gives way, on either side', () => {
    expect(
      bodies(parse('m', '{{define "t"}} \n{{/* x */}}{{end}}{{define "t"}}1{{end}}'))['t'],
    ).toBe('1');
    expect(bodies(parse('m', '{{define "t"}}1{{end}}{{define "t"}} \u0085{{end}}'))['t']).toBe('1');
  });

  test.each([
    '{{define "t"}}1{{end}}\n{{define "t"}}2{{end}}\n',
    '{{define "t"}}1{{end}}\n{{block "t" .}}2{{end}}',
    '{{block "t" .}}1{{end}}\n{{define "t"}}{{.}}{{end}}',
  ])('%j defines a template twice', (text) => {
    expect(() => parse('m', text)).toThrow(
      'template: m:2: template: multiple definition of template "t"',
    );
  });

  test('the text itself is one of the definitions of its name', () => {
    expect(() => parse('m', '{{define "m"}}1{{end}}\n2')).toThrow(
      'template: m:2: template: multiple definition of template "m"',
    );
    expect(bodies(parse('m', '{{define "m"}}1{{end}}\n'))).toEqual({ m: '1' });
  });

  test('names that JavaScript objects know are names like any other', () => {
    const text = '{{define "__proto__"}}1{{end}}{{define "constructor"}}2{{end}}';
    expect([...parse('m', text).keys()]).toEqual(['__proto__', 'constructor', 'm']);
  });
});

describe('templates of several texts', () => {
  test('a later definition replaces an earlier one, unless it is empty', () => {
    const set = new Map<string, ParsedTemplate>();
    addTemplates(set, parse('lib', '{{define "a"}}1{{end}}{{define "b"}}2{{end}}'));
    addTemplates(set, parse('main', '{{define "a"}}3{{end}}{{define "b"}} {{end}}4'));
    expect(bodies(set)).toEqual({ a: '3', b: '2', lib: '', main: '4' });
    expect(set.get('a')?.parseName).toBe('main');
    expect(set.get('b')?.parseName).toBe('lib');
  });
});
