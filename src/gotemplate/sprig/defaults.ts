import { decodeGoJson } from '../encode/json-decode.ts';
import { encodeGoJson } from '../encode/json-encode.ts';
import { indentJson } from '../encode/json-indent.ts';
import { anyType, boolType, type FunctionMap, GoCallError, stringType } from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { typeName } from '../value/type-of.ts';
import { deepEqual } from './deep-equal.ts';
import { fixed, variadic } from './define.ts';
import { kindName } from './kind.ts';
import { toText } from './to-text.ts';

function orElse<T>(attempt: () => unknown, otherwise: T): unknown {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof GoCallError) return otherwise;
    throw error;
  }
}

function prettyJson(value: unknown): string {
  return indentJson(encodeGoJson(value), '  ');
}

function rawJson(value: unknown): string {
  return encodeGoJson(value, { escapeHtml: false });
}

/** sprig's functions on anything: defaults, tests, types, JSON. */
export const defaultFunctions: FunctionMap = {
  default: variadic([anyType, anyType], anyType, (otherwise: unknown, given: unknown) =>
    isTrue(given) ? given : otherwise,
  ),
  empty: fixed([anyType], boolType, (value: unknown) => !isTrue(value)),
  coalesce: variadic(
    [anyType],
    anyType,
    (...values: readonly unknown[]) => values.find(isTrue) ?? null,
  ),
  all: variadic([anyType], boolType, (...values: readonly unknown[]) => values.every(isTrue)),
  any: variadic([anyType], boolType, (...values: readonly unknown[]) => values.some(isTrue)),
  ternary: fixed(
    [anyType, anyType, boolType],
    anyType,
    (yes: unknown, no: unknown, test: boolean) => (test ? yes : no),
  ),
  fail: fixed([stringType], stringType, (message: string) => {
    throw new GoCallError(message);
  }),
  toString: fixed([anyType], stringType, toText),
  typeOf: fixed([anyType], stringType, typeName),
  typeIs: fixed(
    [stringType, anyType],
    boolType,
    (name: string, value: unknown) => name === typeName(value),
  ),
  typeIsLike: fixed([stringType, anyType], boolType, (name: string, value: unknown) => {
    const actual = typeName(value);
    return name === actual || `*${name}` === actual;
  }),
  kindOf: fixed([anyType], stringType, kindName),
  kindIs: fixed(
    [stringType, anyType],
    boolType,
    (name: string, value: unknown) => name === kindName(value),
  ),
  deepEqual: fixed([anyType, anyType], boolType, deepEqual),
  toJson: fixed([anyType], stringType, (value: unknown) => orElse(() => encodeGoJson(value), '')),
  mustToJson: fixed([anyType], stringType, (value: unknown) => encodeGoJson(value)),
  toPrettyJson: fixed([anyType], stringType, (value: unknown) =>
    orElse(() => prettyJson(value), ''),
  ),
  mustToPrettyJson: fixed([anyType], stringType, prettyJson),
  toRawJson: fixed([anyType], stringType, rawJson),
  mustToRawJson: fixed([anyType], stringType, rawJson),
  fromJson: fixed([stringType], anyType, (text: string) => orElse(() => decodeGoJson(text), null)),
  mustFromJson: fixed([stringType], anyType, decodeGoJson),
};
