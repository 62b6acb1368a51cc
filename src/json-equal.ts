import type { JsonValue } from './json.ts';

/** Whether two values are the same JSON; the order of an object's keys does not count. */
export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  return firstDifference(a, b) === undefined;
}

/**
 * Keys and indices that lead to the first difference between two values; undefined when there is none.
 *
 * @param alsoEqual whether two values that are not the same are to pass for it
 */
export function firstDifference(
  a: JsonValue,
  b: JsonValue,
  alsoEqual?: (a: JsonValue, b: JsonValue) => boolean,
): (string | number)[] | undefined {
  if (a === b || alsoEqual?.(a, b)) return undefined;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [];
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return [];
    // Entries would be an array for each item, and most of what is compared are long lists.
    for (let index = 0; index < a.length; index++) {
      const path = firstDifference(a[index] ?? null, b[index] ?? null, alsoEqual);
      if (path) return [index, ...path];
    }
    return undefined;
  }
  if (Array.isArray(b)) return [];
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return [];
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return [];
    const path = firstDifference(a[key] ?? null, b[key] ?? null, alsoEqual);
    if (path) return [key, ...path];
  }
  return undefined;
}
