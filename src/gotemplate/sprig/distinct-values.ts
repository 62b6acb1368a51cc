import { GoCallError, GoInt, GoNamed } from '../value/model.ts';
import { deepEqual } from './deep-equal.ts';

/** Comparing each with each takes quadratic time, so only so many lists and maps are compared. */
const mostComposites = 1000;

/** A set of template values by deep equality. */
export class DistinctValues {
  private readonly scalars = new Set<unknown>();
  private readonly composites: unknown[] = [];

  /** Adds a value; false if it is there already. */
  add(value: unknown): boolean {
    const key = scalarKey(value);
    if (key !== undefined) {
      if (this.scalars.has(key)) return false;
      this.scalars.add(key);
      return true;
    }
    if (this.composites.some((other) => deepEqual(other, value))) return false;
    if (this.composites.length >= mostComposites) {
      throw new GoCallError(`more than ${mostComposites} lists and maps to compare`);
    }
    this.composites.push(value);
    return true;
  }
}

/** Something that is the same for equal scalars of the same type only. */
function scalarKey(value: unknown): unknown {
  switch (typeof value) {
    case 'string':
      return `s${value}`;
    case 'number':
      // NaN is equal to nothing, so every one of them counts.
      return Number.isNaN(value) ? {} : value;
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    default:
      if (value instanceof GoInt || value instanceof GoNamed) {
        return `${value.type.name} ${typeof value.value} ${String(value.value)}`;
      }
      return value === null ? null : undefined;
  }
}
