import { describe, expect, it } from 'vitest';
import { selectTemplates } from '../../src/inject/render/select-templates.ts';

const config = {
  defaultTemplates: ['sidecar', 'both'],
  aliases: new Map([
    ['both', ['a', 'b', 'both']],
    ['none', []],
  ]),
};

const selected = (annotation?: string) => [
  ...selectTemplates(
    annotation === undefined
      ? {}
      : { metadata: { annotations: { 'inject.istio.io/templates': annotation } } },
    config,
  ),
];

describe('the templates of a pod', () => {
  it('are the default ones, aliases replaced once', () => {
    expect(selected()).toEqual(['sidecar', 'a', 'b', 'both']);
  });
  it('are those its annotation names, in that order, repetitions and all', () => {
    expect(selected(' x ,both,x,none,x')).toEqual(['x', 'a', 'b', 'both', 'x', 'x']);
  });
  it('are one without a name when the annotation is empty', () => {
    expect(selected('')).toEqual(['']);
  });
});
