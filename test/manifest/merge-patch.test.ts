import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isJsonObject, type JsonValue } from '../../src/json.ts';
import { mergePatch } from '../../src/manifest/merge-patch.ts';

/** Applies a patch as RFC 7396 says it in pseudocode. */
function apply(target: JsonValue, patch: JsonValue): JsonValue {
  if (!isJsonObject(patch)) return patch;
  const result = new Map(isJsonObject(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, apply(result.get(key) ?? null, value));
  }
  return Object.fromEntries(result);
}

/** Values without null, which a merge patch cannot write. */
const value = fc.letrec<{ any: JsonValue; map: JsonValue }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<JsonValue>(1, 'a', true),
    fc.array(fc.constantFrom<JsonValue>(1, 'b'), { maxLength: 3 }),
    tie('map'),
  ),
  map: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__'), tie('any')), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries)),
})).map;

test('a merge patch leads from one value to the other', () => {
  fc.assert(
    fc.property(value, value, (before, after) => {
      expect(apply(before, mergePatch(before, after))).toEqual(after);
    }),
  );
});

test('a merge patch says only what differs', () => {
  expect(mergePatch({ a: 1, b: { c: [1], d: 2 }, e: 3 }, { a: 1, b: { c: [2], d: 2 } })).toEqual({
    e: null,
    b: { c: [2] },
  });
  expect(mergePatch({ a: { b: 1 } }, { a: { b: 1 } })).toEqual({});
});
