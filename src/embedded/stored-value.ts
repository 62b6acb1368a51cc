/**
 * Trees of plain objects as JSON, which is the fastest that JavaScript can read. JSON has no bigints: where they
 * belong is written beside the tree. Exports: {@link storeValue}, {@link restoreValue}, {@link StoredValue}.
 */

type Path = readonly (string | number)[];

/** Goes through `JSON.stringify` and `JSON.parse`. */
export interface StoredValue<Value = unknown> {
  /** The tree with null in place of bigints. */
  readonly value: Value;
  readonly bigints: readonly (readonly [at: Path, digits: string])[];
}

/** What is neither JSON nor a bigint does not come back the same. */
export function storeValue(value: unknown): StoredValue {
  const bigints: [Path, string][] = [];
  const withoutBigints = (part: unknown, at: Path): unknown => {
    if (typeof part === 'bigint') {
      bigints.push([at, String(part)]);
      return null;
    }
    if (Array.isArray(part)) return part.map((each, index) => withoutBigints(each, [...at, index]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(
      Object.entries(part).map(([name, each]) => [name, withoutBigints(each, [...at, name])]),
    );
  };
  return { value: withoutBigints(value, []), bigints };
}

/** Puts the bigints back in their places; the tree that was stored becomes the result. */
export function restoreValue<Value>({ value, bigints }: StoredValue<Value>): Value {
  const holder: Record<string | number, unknown> = { root: value };
  for (const [at, digits] of bigints) {
    let part = holder;
    let name: string | number = 'root';
    for (const next of at) {
      part = part[name] as typeof holder;
      name = next;
    }
    part[name] = BigInt(digits);
  }
  return holder['root'] as Value;
}
