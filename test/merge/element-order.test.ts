import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/json.ts';
import { strategicMerge } from '../../src/merge/index.ts';
import { structSchema } from '../../src/schema/index.ts';

const pod = structSchema('Pod');

function env(names: readonly string[]): JsonObject[] {
  return names.map((name, index) => ({ name, value: `${name}${index}` }));
}

/** Names of the environment that comes of merging two of them. */
function merge(original: readonly string[], patch: readonly string[]): string[] {
  const app = (members: JsonObject): JsonObject => ({
    spec: { containers: [{ name: 'app', ...members }] },
  });
  const base = app(original.length > 0 ? { env: env(original) } : {});
  const merged = strategicMerge(pod, base, app({ env: env(patch) }));
  const containers = (merged['spec'] as JsonObject)['containers'] as JsonObject[];
  return ((containers[0]?.['env'] ?? []) as JsonObject[]).map((each) => String(each['name']));
}

/** The rule, told step by step on names alone. */
function reference(original: readonly string[], patch: readonly string[]): string[] {
  const all = [...original];
  for (const name of patch) if (!all.includes(name)) all.push(name);
  const patched = [...new Set(patch)].flatMap((name) => all.filter((each) => each === name));
  const untouched = [...new Set(original.filter((name) => !patch.includes(name)))].flatMap((name) =>
    all.filter((each) => each === name),
  );
  const result: string[] = [];
  while (patched.length > 0 && untouched.length > 0) {
    const [p, r] = [original.indexOf(patched[0]!), original.indexOf(untouched[0]!)];
    const row = p >= 0 && r >= 0 && r < p ? untouched : patched;
    result.push(row.shift()!);
  }
  return [...result, ...patched, ...untouched];
}

const names = fc.array(fc.constantFrom(...'abcdefghijklmnop'), { maxLength: 20 });

describe('the order of a merged list', () => {
  test.each([
    ['a b', 'c', 'c a b'],
    ['a b', 'c b d', 'c a b d'],
    ['app proxy', 'proxy', 'app proxy'],
    ['u1 t2', 't1 t2 t3', 't1 u1 t2 t3'],
    ['a b', 'c b', 'c a b'],
    ['a b c d', 'd a', 'b c d a'],
    ['a b a c', 'c', 'a a b c'],
    ['a b', 'a a', 'a b'],
    ['a a b', 'b a', 'b a a'],
  ])('of %s and %s is %s', (original, patch, result) => {
    expect(merge(original.split(' '), patch.split(' '))).toEqual(result.split(' '));
  });

  test('keeps repeated entries of a list that is new', () => {
    expect(merge([], ['a', 'a'])).toEqual(['a', 'a']);
  });

  test('follows the rule for any two lists', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'abcdefghijklmnop'), { minLength: 1, maxLength: 20 }),
        names,
        (original, patch) => {
          expect(merge(original, patch)).toEqual(reference(original, patch));
        },
      ),
      { numRuns: 500 },
    );
  });
});
