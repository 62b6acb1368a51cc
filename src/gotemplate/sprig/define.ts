import type { FunctionMap, GoFunction, GoType } from '../value/model.ts';

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

/** Functions that may give another result the next time. */
export function varying(functions: FunctionMap): FunctionMap {
  return Object.fromEntries(
    Object.entries(functions).map(([name, fn]) => [name, { ...fn, effect: 'varies' as const }]),
  );
}

/** A function that changes its arguments in place. */
export function changing(fn: GoFunction): GoFunction {
  return { ...fn, effect: 'changes' };
}
