import type { JsonValue } from '../../json.ts';
import { decode } from '../../merge/index.ts';
import { structSchema } from '../../schema/index.ts';
import { type CompiledSelector, compileSelector } from './label-selector.ts';

/** A selector out of an object, where it may be anything: what is none is `invalid`. Never throws. */
export function readSelector(value: JsonValue | undefined): CompiledSelector {
  try {
    return compileSelector(decode(structSchema('LabelSelector'), value ?? null));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { kind: 'invalid', text: JSON.stringify(value), problem };
  }
}
