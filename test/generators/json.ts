import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/json.ts';

/** An object of which some members may be missing. */
export function partial(members: {
  readonly [name: string]: fc.Arbitrary<JsonValue>;
}): fc.Arbitrary<JsonObject> {
  return object({}, members);
}

/** An object with members that are always there and others that may be missing. */
export function object(
  always: { readonly [name: string]: fc.Arbitrary<JsonValue> },
  sometimes: { readonly [name: string]: fc.Arbitrary<JsonValue> } = {},
): fc.Arbitrary<JsonObject> {
  return fc
    .record(
      { ...always, ...sometimes },
      { requiredKeys: Object.keys(always), noNullPrototype: true },
    )
    .map((members) => members as JsonObject);
}

/** Members that no schema of Kubernetes has, some of them odd. */
const unknownMembers: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.constantFrom('x-note', 'futureField', 'a/b~c', 'x y', '', 'constructor'),
  fc.oneof(
    fc.constantFrom<JsonValue>('kept', 1, true, null, ''),
    fc.constantFrom<JsonValue>([{ deep: [1, null] }], { deep: { er: 'x' } }, [], {}),
  ),
  { minKeys: 1, maxKeys: 2 },
);

/**
 * Sprinkles an object with what the normal form takes away: members that the schema does not know, and
 * the given empty members where the object has none of that name.
 */
export function sprinkled(
  base: fc.Arbitrary<JsonObject>,
  empties: JsonObject = {},
): fc.Arbitrary<JsonObject> {
  const unknown = fc.option(unknownMembers, { nil: {}, freq: 3 });
  const names = Object.keys(empties);
  const empty = fc
    .option(fc.subarray(names, { maxLength: Math.min(3, names.length) }), { nil: [], freq: 3 })
    .map((keys) => Object.fromEntries(keys.map((key) => [key, empties[key] ?? null])));
  return fc
    .tuple(base, unknown, empty)
    .map(([members, strange, blank]) => ({ ...blank, ...members, ...strange }));
}

/** A list of at most `maxLength` elements that is now and then long enough for look-up tables. */
export function list(element: fc.Arbitrary<JsonValue>, maxLength = 4): fc.Arbitrary<JsonValue[]> {
  return fc.array(element, { maxLength });
}
