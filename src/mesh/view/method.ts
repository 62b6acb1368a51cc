import type { GoMethod } from '../../gotemplate/value/model.ts';

/**
 * A method without parameters. `call` gets the receiver's value, null for a nil pointer; with `pointerOnly`
 * unset the method also belongs to the value itself.
 */
export function method(
  name: string,
  call: (receiver: unknown) => unknown,
  pointerOnly = true,
): [string, GoMethod] {
  return [name, { name, in: [], pointerOnly, call }];
}
