import { sprintf } from '../fmt/sprintf.ts';
import {
  GoCallError,
  GoInt,
  GoMap,
  GoNamed,
  GoPointer,
  GoSlice,
  GoStruct,
} from '../value/model.ts';
import { goTypeOf, typeName } from '../value/type-of.ts';
import { compareUtf8 } from '../value/utf8.ts';

type BasicKind = 'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' | 'invalid';

function basicKind(value: unknown): BasicKind {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'float';
    case 'boolean':
      return 'bool';
    default:
      break;
  }
  if (value instanceof GoInt) return value.type.kind.startsWith('uint') ? 'uint' : 'int';
  if (value instanceof GoNamed) return basicKind(value.value);
  return goTypeOf(value)?.kind === 'complex128' ? 'complex' : 'invalid';
}

function basicValue(value: unknown): string | number | boolean | bigint {
  if (value instanceof GoInt || value instanceof GoNamed) return value.value;
  return value as string | number | boolean;
}

function exists(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function incompatible(a: unknown, b: unknown): GoCallError {
  return new GoCallError(`incompatible types for comparison: ${typeName(a)} and ${typeName(b)}`);
}

function isNil(value: unknown): boolean {
  if (!exists(value)) return true;
  if (value instanceof GoPointer) return value.target === null;
  if (value instanceof GoSlice) return value.items === null;
  return value instanceof GoMap && value.entries === null;
}

function isComparable(value: unknown): boolean {
  return value instanceof GoPointer || value instanceof GoStruct;
}

function sameReference(a: unknown, b: unknown): boolean {
  const target = (value: unknown) => (value instanceof GoPointer ? value.target : value);
  const x = target(a);
  const y = target(b);
  if (x instanceof GoStruct && y instanceof GoStruct) {
    return x.type === y.type && x.source === y.source;
  }
  return x === y;
}

function equals(a: unknown, b: unknown): boolean {
  const kindA = basicKind(a);
  const kindB = basicKind(b);
  if (kindA !== kindB) {
    const integers = (kindA === 'int' && kindB === 'uint') || (kindA === 'uint' && kindB === 'int');
    // biome-ignore lint/suspicious/noDoubleEquals: a number equals the bigint of the same value
    if (integers) return basicValue(a) == basicValue(b);
    if (exists(a) && exists(b)) throw incompatible(a, b);
    return false;
  }
  if (kindA === 'complex') return sameReference(a, b);
  // biome-ignore lint/suspicious/noDoubleEquals: a number equals the bigint of the same value
  if (kindA === 'int' || kindA === 'uint') return basicValue(a) == basicValue(b);
  if (kindA !== 'invalid') return basicValue(a) === basicValue(b);
  if (exists(a) && exists(b) && goTypeOf(a)?.kind !== goTypeOf(b)?.kind) {
    throw new GoCallError(
      sprintf('non-comparable types %s: %v, %s: %v', [a, typeName(a), typeName(b), b]),
    );
  }
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (!isComparable(b)) {
    throw new GoCallError(sprintf('non-comparable type %s: %v', [b, typeName(b)]));
  }
  return sameReference(a, b);
}

/** `eq a b…`: true when a equals any of the others; stops at the first match. */
export function eq(first: unknown, ...others: readonly unknown[]): boolean {
  if (others.length === 0) throw new GoCallError('missing argument for comparison');
  for (const other of others) if (equals(first, other)) return true;
  return false;
}

/** `lt a b` */
export function lt(a: unknown, b: unknown): boolean {
  const kindA = basicKind(a);
  const kindB = basicKind(b);
  if (kindA === 'invalid' || kindB === 'invalid') {
    throw new GoCallError('invalid type for comparison');
  }
  if (kindA !== kindB) {
    const integers = (kindA === 'int' && kindB === 'uint') || (kindA === 'uint' && kindB === 'int');
    if (!integers) throw incompatible(a, b);
    return basicValue(a) < basicValue(b);
  }
  if (kindA === 'bool' || kindA === 'complex') throw new GoCallError('invalid type for comparison');
  if (kindA === 'string') return compareUtf8(String(basicValue(a)), String(basicValue(b))) < 0;
  return basicValue(a) < basicValue(b);
}

/** `le a b`, as Go defines it: less, or equal. */
export function le(a: unknown, b: unknown): boolean {
  return lt(a, b) || equals(a, b);
}
