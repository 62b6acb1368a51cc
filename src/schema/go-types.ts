import type { GoType } from '../gotemplate/value/model.ts';

/**
 * The Go type of that name as templates see it, such as `v1.PodSpec`, `*v1.Container` or `[]v1.Volume`.
 * Built on first use. Throws a RangeError for a name that the table does not hold.
 */
export function goType(name: string): GoType {
  throw new RangeError(`the type table has no ${name}`);
}
