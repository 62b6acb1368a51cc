/** sprig's text functions (Masterminds/sprig v3). Exports: {@link createSprig}, {@link sprig}. */
import type { FunctionMap } from '../value/model.ts';
import { dateFunctions } from './dates.ts';
import { defaultFunctions } from './defaults.ts';
import { varying } from './define.ts';
import { dictFunctions } from './dicts.ts';
import { encodingFunctions } from './encodings.ts';
import { environmentFunctions } from './environment.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { pathFunctions } from './paths.ts';
import { randomFunctions } from './random.ts';
import { regexFunctions } from './regex.ts';
import { semverFunctions } from './semver.ts';
import { stringFunctions } from './strings.ts';
import { unsupportedFunctions } from './unsupported.ts';
import { urlFunctions } from './url.ts';

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

const noEnvironment: ReadonlyMap<string, string> = new Map();

/** sprig's whole table. What is left out goes by the system's clock and sees no environment. */
export function createSprig(options: SprigOptions = {}): FunctionMap {
  const { now = () => new Date(), env = noEnvironment, random } = options;
  return {
    ...unsupportedFunctions,
    ...stringFunctions,
    ...listFunctions,
    ...dictFunctions,
    ...defaultFunctions,
    ...numberFunctions,
    ...pathFunctions,
    ...encodingFunctions,
    ...regexFunctions,
    ...semverFunctions,
    ...urlFunctions,
    ...varying(dateFunctions(now)),
    ...environmentFunctions(env),
    ...varying(randomFunctions(random)),
  };
}

/** sprig's table with neither environment nor random numbers, by the system's clock. */
export const sprig: FunctionMap = createSprig();
