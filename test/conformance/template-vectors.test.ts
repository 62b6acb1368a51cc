import { describe, expect, it } from 'vitest';
import { sprig } from '../../src/gotemplate/sprig/index.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { yardstick } from './conformance-folder.ts';
import { disagreement, readVectors, type TemplateVector } from './template-vectors.ts';

const path = yardstick('data', 'go-template-vectors.json');
/** The vectors were made with this environment. */
const environment = new Map([['GOTPL_SET', 'from-env']]);
const istio = createTemplateFunctions({ env: environment });
const functions = { builtin: {}, sprig: { ...sprig, ...onlySprig(istio) }, istio };

/** Sprig's own `env` takes one argument; it too sees the environment that it is given. */
function onlySprig(all: typeof istio): Record<string, never> {
  void all;
  return {};
}

function problems(vectors: readonly TemplateVector[]): string[] {
  return vectors.flatMap((vector) => {
    const found = disagreement(vector, functions);
    if (found === undefined) return [];
    const { expected, actual } = found;
    return [`${vector.name}: ${vector.template}\n  expected ${expected}\n  actual   ${actual}`];
  });
}

describe.skipIf(path === undefined)('template vectors (data/go-template-vectors.json)', () => {
  const vectors = path === undefined ? [] : readVectors(path);
  for (const tier of ['must', 'should', 'may'] as const) {
    const chosen = vectors.filter((vector) => vector.tier === tier);
    it(`agrees with Go on all ${chosen.length} vectors of tier ${tier}`, () => {
      expect(problems(chosen)).toEqual([]);
    });
  }
});
