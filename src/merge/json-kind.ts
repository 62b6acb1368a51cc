import type { JsonObject, JsonValue } from '../json.ts';

/** What Go's messages call the kinds of JSON values. */
export type JsonKind = 'null' | 'bool' | 'number' | 'string' | 'array' | 'object';

/** The kind of a JSON value. */
export function jsonKind(value: JsonValue): JsonKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'boolean' ? 'bool' : (type as 'number' | 'string' | 'object');
}

/** Sets a member under a key that users chose: `__proto__` is a key like any other. */
export function setMember(object: JsonObject, key: string, value: JsonValue): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    object[key] = value;
  }
}

/** A member of the object itself, `undefined` when it has none of that name. */
export function ownMember(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
