import { goQuote } from '../fmt/go-quote.ts';
import { isList } from '../value/list.ts';
import { mapEntry } from '../value/map-entries.ts';
import {
  anyMapType,
  anyType,
  GoInt,
  GoMap,
  type GoMethod,
  GoNamed,
  GoOpaque,
  GoPointer,
  GoStruct,
  type GoType,
  wrap,
} from '../value/model.ts';
import { type FieldReader, fieldReader, findMethod } from '../value/struct-field.ts';
import { goTypeOf } from '../value/type-of.ts';
import type { Execution } from './execution.ts';

/** What a map gives for a key that it does not have. */
export type MissingKey = 'default' | 'invalid' | 'zero' | 'error';

/**
 * A step of a field chain, `.name`. `from` tells where the receiver comes from, for messages only: it is the
 * value that the step before read it out of, or at the start of a chain whether the receiver's static type
 * is `interface {}`.
 */
export type FieldStep = (run: Execution, receiver: unknown, from: unknown) => unknown;

/** Calls a method that a field step found, with whatever arguments the step has. */
export type MethodCall = (run: Execution, method: GoMethod, receiver: unknown) => unknown;

/**
 * Compiles one step of a chain by the rules of Go's `evalField`.
 *
 * @param call how a method gets its arguments; undefined when the step has none
 * @param isLast the step that a method's arguments would belong to
 */
export function fieldStep(
  name: string,
  missingKey: MissingKey,
  callWithArguments: MethodCall | undefined,
): FieldStep {
  // Most steps see one type of receiver for ever: remember its reader.
  let seenType: GoType | undefined;
  let seenReader: FieldReader | undefined;

  const readerFor = (type: GoType): FieldReader | undefined => {
    if (type === seenType) return seenReader;
    seenType = type;
    // A method hides a field; types of this table have no field and method of one name otherwise.
    seenReader = findMethod(type, name) === undefined ? fieldReader(type, name) : undefined;
    return seenReader;
  };

  return (run, receiver, from) => {
    if (receiver instanceof GoStruct) {
      const reader = readerFor(receiver.type);
      if (reader !== undefined && callWithArguments === undefined) return reader(receiver);
    } else if (receiver instanceof GoPointer && receiver.target instanceof GoStruct) {
      const reader = readerFor(receiver.target.type);
      if (reader !== undefined && callWithArguments === undefined) return reader(receiver.target);
    } else if (callWithArguments === undefined && isJsonObject(receiver)) {
      if (Object.hasOwn(receiver, name)) return receiver[name] ?? null;
    }
    return slowField(run, name, missingKey, callWithArguments, receiver, from);
  };
}

/** An object as JSON.parse or a YAML reader makes it: surely a `map[string]interface {}`. */
function isJsonObject(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function slowField(
  run: Execution,
  name: string,
  missingKey: MissingKey,
  callWithArguments: MethodCall | undefined,
  receiver: unknown,
  from: unknown,
): unknown {
  if (receiver === undefined) {
    if (missingKey === 'error') throw run.fail(`nil data; no entry for key ${goQuote(name)}`);
    return undefined;
  }
  if (receiver === null) throw run.fail(`nil pointer evaluating interface {}.${name}`);
  const type = goTypeOf(receiver);
  const isAny = typeof from === 'boolean' ? from : givesAny(from);
  const staticName = isAny ? anyType.name : (type?.name ?? 'interface {}');

  let target: unknown = receiver;
  while (target instanceof GoPointer) {
    if (target.target === null) break;
    target = target.target;
  }
  const method = methodOf(target, name);
  if (method !== undefined) {
    const self = target instanceof GoPointer ? null : target;
    if (callWithArguments !== undefined) return callWithArguments(run, method, self);
    return callMethod(run, method, self);
  }
  if (target instanceof GoPointer) {
    const struct = target.type.elem;
    if (struct?.kind === 'struct' && fieldReader(struct, name) !== undefined) {
      throw run.fail(`nil pointer evaluating ${staticName}.${name}`);
    }
    throw run.fail(`can't evaluate field ${name} in type ${staticName}`);
  }
  if (target instanceof GoStruct) {
    const reader = fieldReader(target.type, name);
    if (reader !== undefined) {
      if (callWithArguments !== undefined) {
        throw run.fail(`${name} has arguments but cannot be invoked as function`);
      }
      return reader(target);
    }
  } else if (target instanceof GoMap || isPlainMap(target)) {
    if (callWithArguments !== undefined) {
      throw run.fail(`${name} is not a method but has arguments`);
    }
    return missingEntry(run, name, missingKey, target, mapEntry(target, name));
  }
  throw run.fail(`can't evaluate field ${name} in type ${staticName}`);
}

function isPlainMap(value: unknown): value is { readonly [key: string]: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !(value instanceof GoInt) &&
    !(value instanceof GoNamed) &&
    !(value instanceof GoOpaque) &&
    !(value instanceof GoStruct)
  );
}

function missingEntry(
  run: Execution,
  name: string,
  missingKey: MissingKey,
  map: unknown,
  found: unknown,
): unknown {
  if (found !== undefined) return found;
  if (missingKey === 'error') throw run.fail(`map has no entry for key ${goQuote(name)}`);
  if (missingKey !== 'zero') return undefined;
  const elem = map instanceof GoMap ? map.type.elem : anyMapType.elem;
  return elem === undefined ? undefined : wrap(elem, undefined);
}

function methodOf(target: unknown, name: string): GoMethod | undefined {
  if (target instanceof GoPointer) {
    return target.type.elem === undefined ? undefined : findMethod(target.type.elem, name);
  }
  const type = goTypeOf(target);
  if (type === undefined) return undefined;
  const method = findMethod(type, name);
  if (method?.pointerOnly && target instanceof GoStruct && !target.addressable) return undefined;
  return method;
}

function callMethod(run: Execution, method: GoMethod, receiver: unknown): unknown {
  if (method.in.length > 0) {
    throw run.fail(`wrong number of args for ${method.name}: want ${method.in.length} got 0`);
  }
  return method.call(receiver, []);
}

/** True when what a step gives out of this receiver has the static type `interface {}`. */
function givesAny(receiver: unknown): boolean {
  if (receiver instanceof GoPointer) return givesAny(receiver.target);
  if (receiver instanceof GoStruct) return false;
  if (receiver instanceof GoMap) return receiver.type.elem === anyType;
  return isPlainMap(receiver);
}
