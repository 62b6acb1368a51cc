/** Going through the strings of JSON-like values. Exports: {@link mapTexts}, {@link textsIn}. */

type Members = { readonly [key: string]: unknown };

/**
 * The value with every string in it exchanged, keys as well; parts without change are the same objects.
 * Objects keep their prototypes, because some types of values are told apart by them.
 */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => mapTexts(item, change));
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isData(value)) return value;
  let changed = false;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => {
    const entry: [string, unknown] = [change(key), mapTexts(member, change)];
    changed ||= entry[0] !== key || entry[1] !== member;
    return entry;
  });
  return changed ? withMembers(value, members) : value;
}

/** Every string in the value, keys as well. */
export function* textsIn(value: unknown): Generator<string, void, undefined> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (typeof value === 'object' && value !== null && isData(value)) {
    for (const [key, member] of Object.entries(value)) {
      yield key;
      yield* textsIn(member);
    }
  }
}

/** True for plain objects and for maps without a prototype; instances of classes are left alone. */
function isData(value: object): value is Members {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function withMembers(like: object, members: readonly [string, unknown][]): Members {
  const made = Object.create(Object.getPrototypeOf(like) as object | null) as Members;
  for (const [key, value] of members) {
    // Not an assignment: a key may be `__proto__`.
    Object.defineProperty(made, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return made;
}
