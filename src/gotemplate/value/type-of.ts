import {
  anyMapType,
  anySliceType,
  boolType,
  float64Type,
  GoInt,
  GoMap,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoSlice,
  GoStruct,
  type GoType,
  stringType,
} from './model.ts';

/** The Go type of a template value; undefined for no value and nil. */
export function goTypeOf(value: unknown): GoType | undefined {
  switch (typeof value) {
    case 'string':
      return stringType;
    case 'boolean':
      return boolType;
    case 'number':
      return float64Type;
    case 'object':
      break;
    default:
      return undefined;
  }
  if (value === null) return undefined;
  if (
    value instanceof GoStruct ||
    value instanceof GoPointer ||
    value instanceof GoMap ||
    value instanceof GoSlice ||
    value instanceof GoInt ||
    value instanceof GoNamed ||
    value instanceof GoOpaque
  ) {
    return value.type;
  }
  return Array.isArray(value) ? anySliceType : anyMapType;
}

/** The type's name as Go prints it, `<nil>` for no value and nil. */
export function typeName(value: unknown): string {
  return goTypeOf(value)?.name ?? '<nil>';
}

/** True for a plain object or `Map`: Go's `map[string]interface {}`. */
export function isAnyMap(value: unknown): value is { readonly [key: string]: unknown } {
  return goTypeOf(value) === anyMapType;
}
