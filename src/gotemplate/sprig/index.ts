/** sprig's text functions (Masterminds/sprig v3). Exports: {@link createSprig}, {@link sprig}. */
import type { FunctionMap } from '../value/model.ts';
import { defaultFunctions } from './defaults.ts';
import { dictFunctions } from './dicts.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { stringFunctions } from './strings.ts';
import { unsupportedFunctions } from './unsupported.ts';

export { mutatingFunctions } from './dicts.ts';

/** What functions may see of the world around a template. */
export interface SprigOptions {
  /** The clock of `now`, `ago` and the functions that take anything but a time for now. */
  readonly now?: () => Date;
  /** Environment variables that `env` and `expandenv` see; none by default. */
  readonly env?: ReadonlyMap<string, string>;
  /** A random number from 0 up to, not including, 1. Without it the random functions are not supported. */
  readonly random?: () => number;
}

/** sprig's whole table. */
export function createSprig(_options: SprigOptions = {}): FunctionMap {
  return {
    ...unsupportedFunctions,
    ...stringFunctions,
    ...listFunctions,
    ...dictFunctions,
    ...defaultFunctions,
    ...numberFunctions,
  };
}

/** sprig's table without an environment or random numbers, by the system's clock. */
export const sprig: FunctionMap = createSprig();
