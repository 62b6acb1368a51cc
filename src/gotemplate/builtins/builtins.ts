import { sprint, sprintln } from '../fmt/sprint.ts';
import { sprintf } from '../fmt/sprintf.ts';
import {
  anyType,
  boolType,
  type FunctionMap,
  type GoFunction,
  GoInt,
  type GoType,
  intType,
  stringType,
} from '../value/model.ts';
import { isTrue } from '../value/truth.ts';
import { eq, le, lt } from './compare.ts';
import { html, js, urlquery } from './escape.ts';
import { index, len, slice } from './index-and-slice.ts';

/** Go's parameter type `reflect.Value`: takes anything, and keeps *no value* apart from nil. */
export const reflectValueType: GoType = { kind: 'interface', name: 'reflect.Value' };

const one: readonly GoType[] = [reflectValueType];
const two: readonly GoType[] = [reflectValueType, reflectValueType];

function printing(call: (...args: never[]) => string, first: readonly GoType[] = []): GoFunction {
  return { in: [...first, anyType], variadic: true, out: stringType, call };
}

/**
 * The functions of the language itself. `and`, `or` and `call` are evaluated by the compiler, which must not
 * evaluate all of their arguments, or needs to know how they were written; they stand here for their names
 * and argument counts.
 */
export const builtins: FunctionMap = {
  and: { in: two, variadic: true, call: () => undefined },
  or: { in: two, variadic: true, call: () => undefined },
  call: { in: two, variadic: true, call: () => undefined },
  not: { in: one, out: boolType, call: (value: unknown) => !isTrue(value) },
  eq: { in: two, variadic: true, out: boolType, call: eq },
  ne: { in: two, out: boolType, call: (a: unknown, b: unknown) => !eq(a, b) },
  lt: { in: two, out: boolType, call: lt },
  le: { in: two, out: boolType, call: le },
  gt: { in: two, out: boolType, call: (a: unknown, b: unknown) => !le(a, b) },
  ge: { in: two, out: boolType, call: (a: unknown, b: unknown) => !lt(a, b) },
  len: { in: one, out: intType, call: (value: unknown) => new GoInt(intType, len(value)) },
  index: { in: two, variadic: true, looksUp: [], call: index },
  slice: { in: two, variadic: true, call: slice },
  print: printing((...args: unknown[]) => sprint(args)),
  println: printing((...args: unknown[]) => sprintln(args)),
  printf: printing((format: string, ...args: unknown[]) => sprintf(format, args), [stringType]),
  html: printing(html),
  js: printing(js),
  urlquery: printing(urlquery),
};
