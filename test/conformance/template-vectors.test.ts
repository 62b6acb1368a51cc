import { describe, expect, it } from 'vitest';
import { createSprig } from '../../src/gotemplate/sprig/index.ts';
import { createTemplateFunctions } from '../../src/inject/functions/index.ts';
import { yardstick } from './conformance-folder.ts';
import {
  disagreement,
  readVectors,
  type TemplateVector,
  variantDisagreement,
} from './template-vectors.ts';

const path = yardstick('data', 'go-template-vectors.json');
/** The vectors were made with this environment. */
const environment = new Map([['GOTPL_SET', 'from-env']]);
const functions = {
  builtin: {},
  sprig: createSprig({ env: environment, random: Math.random }),
  istio: createTemplateFunctions({ env: environment }),
};

/**
 * Vectors of tier may that are left out: functions that make keys or passwords, and the generated `String()`
 * of whole Kubernetes structs.
 */
const leftOut: ReadonlySet<string> = new Set([
  'sidecar/print-structs',
  'sidecar/print-nil-struct-pointer',
  'misc/derivePassword',
  'misc/htpasswd-colon',
  'misc/decryptAES',
  'misc/genPrivateKey-unknown',
]);

function problems(vectors: readonly TemplateVector[], run = disagreement): string[] {
  return vectors.flatMap((vector) => {
    const found = run(vector, functions);
    if (found === undefined) return [];
    const { expected, actual } = found;
    return [`${vector.name}: ${vector.template}\n  expected ${expected}\n  actual   ${actual}`];
  });
}

describe.skipIf(path === undefined)('template vectors (data/go-template-vectors.json)', () => {
  const vectors = path === undefined ? [] : readVectors(path);
  for (const tier of ['must', 'should', 'may'] as const) {
    const chosen = vectors.filter(({ name, tier: of }) => of === tier && !leftOut.has(name));
    it(`agrees with Go on all ${chosen.length} vectors of tier ${tier}`, () => {
      expect(problems(chosen)).toEqual([]);
    });
  }

  it('gets the same out of variants for data that is known in part', () => {
    const steady = vectors.filter(
      ({ template = '' }) => !/rand|uuid|gen|now|ago|htpasswd/.test(template),
    );
    expect(problems(steady, variantDisagreement)).toEqual([]);
  });

  it.skip.each([...leftOut])('leaves out %s, of tier may', () => undefined);
});
