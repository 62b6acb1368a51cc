/** Exports: {@link withQuotedYaml}. */
import { jsonString } from '../gotemplate/encode/json-string.ts';
import type { FunctionMap } from '../gotemplate/index.ts';
import type { Marks } from '../inject/trust/marks.ts';

/** Where a scalar of letters, digits and marks may stand in block YAML: to it, marks are letters. */
const plainScalar = /(^|[ \n])([\w./\u3400-\u4db5]+)(?=:?(?:[ \n]|$))/g;

/**
 * The functions for marked text, with a `toYaml` that quotes what is marked: without the marks it would have
 * done so, and its output is going to be looked at without them.
 */
export function withQuotedYaml(functions: FunctionMap, marks: Marks): FunctionMap {
  const { toYaml } = functions;
  if (toYaml === undefined) return functions;
  const call = toYaml.call as (...args: unknown[]) => unknown;
  return {
    ...functions,
    toYaml: { ...toYaml, call: (...args: never[]) => quotedScalars(String(call(...args)), marks) },
  };
}

function quotedScalars(yaml: string, marks: Marks): string {
  return yaml.replace(plainScalar, (all: string, before: string, scalar: string) =>
    marks.in(scalar) ? `${before}"${escaped(scalar, marks)}"` : all,
  );
}

function escaped(scalar: string, marks: Marks): string {
  let text = '';
  for (let at = 0; at < scalar.length; at++) {
    const character = scalar.charAt(at);
    const meaning = marks.meaning(character);
    text +=
      meaning === undefined ? character : marks.markAll(jsonString(meaning, false).slice(1, -1));
  }
  return text;
}
