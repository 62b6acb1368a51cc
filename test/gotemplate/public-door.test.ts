import { describe, expect, it } from 'vitest';
import { GoInt, intType, parseTemplate, sprig } from '../../src/gotemplate/index.ts';

describe('the public door, outrigger/gotemplate', () => {
  it('parses once and runs many times, with sprig', () => {
    const template = parseTemplate('t', '{{ .name | upper | quote }}', { functions: sprig });
    expect(template.execute({ name: 'a' })).toBe('"A"');
    expect(template.execute({ name: 'b' })).toBe('"B"');
  });

  it('names the templates that a text defines', () => {
    const template = parseTemplate('t', '{{ define "x" }}{{ end }}{{ block "y" . }}{{ end }}');
    expect([...template.templates].sort()).toEqual(['t', 'x', 'y']);
  });

  it('takes plain numbers for float64, and marked ones for integers', () => {
    const text = '{{ printf "%T %T" .plain .marked }}';
    const data = { plain: 1, marked: new GoInt(intType, 1) };
    expect(parseTemplate('t', text).execute(data)).toBe('float64 int');
  });
});
