import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../src/gotemplate/index.ts';
import { sprig } from '../../src/gotemplate/sprig/index.ts';

describe('a map that outlives the run of a template', () => {
  const shared = { Values: Object.freeze({ a: 'kept', inner: Object.freeze({ b: 1 }) }) };
  const render = (text: string) => parseTemplate('t', text, { functions: sprig }).execute(shared);

  it.each([
    '{{ set .Values "a" "x" }}',
    '{{ unset .Values "a" }}',
    '{{ merge .Values.inner (dict "c" 2) }}',
    '{{ mergeOverwrite .Values (dict "a" 2) }}',
  ])('cannot be changed by %s', (text) => {
    expect(() => render(text)).toThrow(/shared by all runs of the template; change a deepCopy/);
    expect(shared.Values.a).toBe('kept');
  });

  it('can be changed in a copy', () => {
    expect(render('{{ $v := deepCopy .Values }}{{ $_ := set $v "a" "x" }}{{ $v.a }}')).toBe('x');
  });
});
