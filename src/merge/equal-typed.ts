import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';
import type { StructSchema, TypeSchema } from '../schema/types.ts';

/**
 * True when two normal-form values of a type mean the same: a required member that is absent equals one at
 * its zero value. `undefined` is the zero value.
 */
export function equalTyped(
  type: TypeSchema,
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): boolean {
  if (left === right) return true;
  switch (type.kind) {
    case 'struct':
      return equalStructs(type.struct, left, right);
    case 'list':
      if (!Array.isArray(left) || !Array.isArray(right)) return false;
      return (
        left.length === right.length &&
        left.every((element, index) => equalTyped(type.elem, element, right[index]))
      );
    case 'map':
      return isJsonObject(left) && isJsonObject(right) && equalMaps(type.elem, left, right);
    case 'raw':
      return JSON.stringify(left) === JSON.stringify(right);
    case 'quantity':
      return (left ?? '0') === (right ?? '0');
    default:
      return isZero(left) && isZero(right);
  }
}

function isZero(value: JsonValue | undefined): boolean {
  return value === undefined || value === '' || value === 0 || value === false || value === null;
}

function equalStructs(
  schema: StructSchema,
  left: JsonValue | undefined,
  right: JsonValue | undefined,
): boolean {
  const [a, b] = [left ?? {}, right ?? {}];
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  for (const { jsonName, type, pointer, required } of schema.fields) {
    const [x, y] = [a[jsonName], b[jsonName]];
    if (x === y) continue;
    // Only what is always written may be told apart by nothing but its presence.
    const absent = x === undefined || y === undefined;
    if (absent && (pointer || !required)) return false;
    if (!equalTyped(type, x, y)) return false;
  }
  return schema.open !== true || equalMaps({ kind: 'raw' }, a, b);
}

function equalMaps(elem: TypeSchema, left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalTyped(elem, left[key], right[key]))
  );
}
