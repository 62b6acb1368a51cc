import fc from 'fast-check';
import jsonPatch from 'fast-json-patch';
import { expect, test } from 'vitest';
import type { PatchOperation } from '../../src/inject/index.ts';
import type { JsonObject, JsonValue } from '../../src/json.ts';
import { applyPatch } from '../../src/manifest/apply-patch.ts';

const object = fc.dictionary(
  fc.constantFrom('a', 'b/c', 'd~e', '0', '__proto__'),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>,
);

test('a patch has the outcome that a library for patches gives, and changes neither the object nor itself', () => {
  fc.assert(
    fc.property(object, object, (before, after) => {
      const patch = jsonPatch.compare(before, after) as PatchOperation[];
      if (JSON.stringify(patch).includes('__proto__')) return;
      const copies = structuredClone({ before, patch });
      const result = applyPatch(before, patch);
      expect(result).toEqual(jsonPatch.applyPatch(structuredClone(before), patch).newDocument);
      expect({ before, patch }).toEqual(copies);
    }),
  );
});

test('what is not touched is shared, and what is touched twice is copied once', () => {
  const before = { a: { list: [{ x: 1 }, { y: 2 }] }, b: { c: 1 } };
  const value = Object.freeze({ deep: Object.freeze({}) });
  const after = applyPatch(before, [
    { op: 'add', path: '/a/list/0', value },
    { op: 'replace', path: '/a/list/1/x', value: 3 },
    { op: 'remove', path: '/a/list/2' },
    { op: 'add', path: '/a/list/0/deep/more', value: 4 },
    { op: 'add', path: '/a/list/-', value: 5 },
  ]) as typeof before;
  expect(after).toEqual({ a: { list: [{ deep: { more: 4 } }, { x: 3 }, 5] }, b: { c: 1 } });
  expect(after.b).toBe(before.b);
  expect(value).toEqual({ deep: {} });
  expect(before).toEqual({ a: { list: [{ x: 1 }, { y: 2 }] }, b: { c: 1 } });
});

test('a member __proto__ is one like any other', () => {
  const after = applyPatch(JSON.parse('{"__proto__": {"a": 1}}') as JsonObject, [
    { op: 'add', path: '/__proto__/b', value: 2 },
    { op: 'add', path: '/c', value: 3 },
  ]);
  expect(JSON.stringify(after)).toBe('{"__proto__":{"a":1,"b":2},"c":3}');
  expect(({} as JsonObject)['b']).toBeUndefined();
});

test.each([
  ['/x/y', 'add'],
  ['/a/0', 'replace'],
  ['/b', 'remove'],
  ['', 'add'],
] as const)('a patch for another object is refused: %s', (path, op) => {
  expect(() => applyPatch({ a: [] }, [{ op, path, value: 1 }])).toThrow('does not fit');
});
