/** Exports: {@link setValues}, {@link SetFlags}. */
import { OutriggerError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { parseValues } from '../mesh/index.ts';
import { assign } from './assign.ts';
import { type Assignment, parseSetExpression } from './set-expression.ts';
import type { ValueFlags } from './value-flags.ts';

/** The flags that set single values. */
export type SetFlags = Pick<ValueFlags, 'set' | 'setString' | 'setFile'>;

/**
 * Sets what the flags say on top of values: all of `--set`, then `--set-string`, then `--set-file`, as Helm
 * does. Throws OutriggerError that names the flag.
 *
 * @param readFile gives the text of a file
 */
export function setValues(
  values: JsonValue,
  { set = [], setString = [], setFile = [] }: SetFlags,
  readFile: (name: string) => string,
): JsonValue {
  const steps = [
    ...set.map((text) => step('--set', text, parseSetExpression(text, 'typed'))),
    ...setString.map((text) => step('--set-string', text, parseSetExpression(text, 'text'))),
    ...setFile.map((text) =>
      step(
        '--set-file',
        text,
        parseSetExpression(text, 'text').map(({ path, value }) => ({
          path,
          value: readFile(String(value)),
        })),
      ),
    ),
  ];
  return steps.reduce((result, apply) => apply(result), values);
}

function step(
  flag: string,
  text: string,
  assignments: readonly Assignment[],
): (values: JsonValue) => JsonValue {
  return (values) => {
    try {
      return assignments.reduce((result, { path, value }) => {
        // By itself, so that an error is this flag's.
        parseValues(JSON.stringify(assign(null, path, value)));
        return assign(result, path, value);
      }, values);
    } catch (error) {
      throw inFlag(error, `${flag} ${text}`);
    }
  };
}

function inFlag(error: unknown, flag: string): unknown {
  if (!(error instanceof OutriggerError)) return error;
  const hint = error.message.includes('of type string')
    ? 'For text that looks like something else, use --set-string.'
    : error.hint;
  return new OutriggerError(error.code, error.message, {
    place: { ...error.place, file: flag },
    ...(hint !== undefined && { hint }),
    cause: error,
  });
}
