import type { StructSchema } from './types.ts';

/** Names of structs that callers ask for. */
export function structSchema(name: string): StructSchema {
  throw new RangeError(`the type table has no struct ${name}`);
}
