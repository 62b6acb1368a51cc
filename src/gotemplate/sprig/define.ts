import type { GoFunction, GoType } from '../value/model.ts';

/** A function with exactly these parameters. */
export function fixed(
  parameters: readonly GoType[],
  out: GoType,
  call: (...args: never[]) => unknown,
): GoFunction {
  return { in: parameters, out, call };
}

/** A function whose last parameter takes any number of arguments. */
export function variadic(
  parameters: readonly GoType[],
  out: GoType,
  call: (...args: never[]) => unknown,
): GoFunction {
  return { in: parameters, out, variadic: true, call };
}
