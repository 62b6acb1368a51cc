import { GoComplex } from './complex.ts';
import { mapSize } from './map-entries.ts';
import { GoInt, type GoMap, GoNamed, GoOpaque, GoPointer, GoSlice, GoStruct } from './model.ts';

/** Go's `IsTrue`: false for no value, nil, false, zero numbers and anything of length 0. */
export function isTrue(value: unknown): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.length > 0;
    case 'number':
      return value !== 0;
    case 'undefined':
      return false;
    default:
      break;
  }
  if (value === null) return false;
  if (value instanceof GoComplex) return value.re !== 0 || value.im !== 0;
  if (value instanceof GoStruct || value instanceof GoOpaque) return true;
  if (value instanceof GoPointer) return value.target !== null;
  if (value instanceof GoInt) return value.value !== 0 && value.value !== 0n;
  if (value instanceof GoNamed) return isTrue(value.value);
  if (value instanceof GoSlice) return value.items !== null && value.items.length > 0;
  if (Array.isArray(value)) return value.length > 0;
  return mapSize(value as GoMap) > 0;
}
