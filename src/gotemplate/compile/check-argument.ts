import { reflectValueType } from '../builtins/builtins.ts';
import { anyType, GoMap, GoPointer, GoSlice, GoStruct, type GoType } from '../value/model.ts';
import { goTypeOf } from '../value/type-of.ts';
import type { Execution } from './execution.ts';

/** Checks a value against a parameter's type and gives what the function gets. */
export type ArgumentCheck = (value: unknown, run: Execution) => unknown;

const protoMessageName = 'protoreflect.ProtoMessage';

/** True when nil can be passed for the type. */
export function canBeNil(type: GoType): boolean {
  return (
    type.kind === 'interface' ||
    type.kind === 'map' ||
    type.kind === 'slice' ||
    type.kind === 'pointer' ||
    type.kind === 'func'
  );
}

/** The nil of a type that has one; *no value* for `reflect.Value`. */
export function nilOf(type: GoType): unknown {
  if (type === reflectValueType) return undefined;
  if (type.kind === 'map') return new GoMap(type, null);
  if (type.kind === 'slice') return new GoSlice(type, null);
  if (type.kind === 'pointer') return new GoPointer(type, null);
  return null;
}

function sameType(a: GoType | undefined, b: GoType | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.name === b.name);
}

function isAssignable(value: unknown, from: GoType | undefined, to: GoType): boolean {
  if (sameType(from, to)) return true;
  if (to.kind !== 'interface') return false;
  return (
    to.name === protoMessageName && value instanceof GoPointer && from?.elem?.protoMessage === true
  );
}

/** Go's `validateType`: same type, or one dereference, or one address; there is no conversion. */
export function argumentCheck(type: GoType): ArgumentCheck {
  if (type === reflectValueType) return (value) => value;
  if (type === anyType) return (value) => (value === undefined ? null : value);
  if (type.kind === 'string' && type.name === 'string') {
    return (value, run) => (typeof value === 'string' ? value : checkAgainst(type, value, run));
  }
  return (value, run) => checkAgainst(type, value, run);
}

function checkAgainst(type: GoType, value: unknown, run: Execution): unknown {
  if (value === undefined) {
    if (canBeNil(type)) return nilOf(type);
    throw run.fail(`invalid value; expected ${type.name}`);
  }
  if (value === null) {
    if (type.kind === 'interface') return null;
    throw run.fail(`wrong type for value; expected ${type.name}; got interface {}`);
  }
  const from = goTypeOf(value);
  if (isAssignable(value, from, type)) return value;
  if (value instanceof GoPointer && sameType(from?.elem, type)) {
    if (value.target === null) throw run.fail(`dereference of nil pointer of type ${type.name}`);
    return value.target;
  }
  if (value instanceof GoStruct && value.addressable) {
    const addressOf =
      (type.kind === 'pointer' && sameType(type.elem, from)) ||
      (type.name === protoMessageName && from?.protoMessage === true);
    if (addressOf) return new GoPointer(type, value);
  }
  throw run.fail(
    `wrong type for value; expected ${type.name}; got ${from?.name ?? 'interface {}'}`,
  );
}
