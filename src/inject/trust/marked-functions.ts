/** What template functions do to marked text. Exports: {@link markedFunctions}. */
import { jsonString } from '../../gotemplate/encode/json-string.ts';
import { goQuote } from '../../gotemplate/fmt/go-quote.ts';
import type { FunctionMap, GoFunction } from '../../gotemplate/index.ts';
import { markValue, unmarkValue } from './marked-values.ts';
import type { Marks } from './marks.ts';

/**
 * Functions that only move text about: marks pass through them as any letter does. Those that look things up
 * belong here, too, and those that change a map in place, which must be given the map itself.
 */
const movers: ReadonlySet<string> = new Set([
  ...['print', 'println', 'printf', 'toString', 'toStrings', 'cat', 'join', 'squote', 'repeat'],
  ...['indent', 'nindent', 'toYaml'],
  ...['default', 'coalesce', 'ternary', 'valueOrDefault', 'empty', 'all', 'any', 'not'],
  ...['list', 'tuple', 'append', 'push', 'prepend', 'concat', 'chunk', 'slice', 'compact'],
  ...['first', 'last', 'rest', 'initial', 'reverse'],
  ...['mustAppend', 'mustPush', 'mustPrepend', 'mustChunk', 'mustSlice', 'mustCompact'],
  ...['mustFirst', 'mustLast', 'mustRest', 'mustInitial', 'mustReverse'],
  ...['dict', 'set', 'unset', 'get', 'hasKey', 'keys', 'values', 'pick', 'omit', 'pluck', 'dig'],
  ...['merge', 'mustMerge', 'mergeOverwrite', 'mustMergeOverwrite', 'deepCopy', 'mustDeepCopy'],
  ...['index', 'isset', 'annotation', 'strdict', 'mergeMaps', 'omitNil'],
]);

/** Writes a character the way an encoder does, between quotes. */
type Quoting = (text: string) => string;

/** Functions whose result is written in an alphabet of escapes, and how they write one character. */
const encoders: ReadonlyMap<string, Quoting> = new Map<string, Quoting>([
  ['quote', (text) => goQuote(text)],
  ...['toJson', 'mustToJson', 'toPrettyJson', 'mustToPrettyJson'].map(json),
  ...['toJSON', 'toJsonMap', 'structToJSON', 'protoToJSON'].map(json),
  ['toRawJson', (text) => jsonString(text, false)],
  ['mustToRawJson', (text) => jsonString(text, false)],
]);

function json(name: string): [string, Quoting] {
  return [name, (text) => jsonString(text)];
}

/** Functions that make any text out of letters and digits: their results are never trusted. */
const decoders: ReadonlySet<string> = new Set(['b64dec', 'b32dec']);

/** True when a template with these functions can make special characters out of plain text. */
export function isDecoder(name: string): boolean {
  return decoders.has(name);
}

/**
 * The functions, made to work on marked text: those that look into text (compare, split, parse, measure) see
 * it as it is, and mark what they give back.
 *
 * @param current the marks of the run under way
 */
export function markedFunctions(functions: FunctionMap, current: () => Marks): FunctionMap {
  const wrapped = Object.entries(functions).map(([name, fn]): [string, GoFunction] => [
    name,
    wrap(name, fn, current),
  ]);
  return Object.fromEntries(wrapped);
}

function wrap(name: string, fn: GoFunction, current: () => Marks): GoFunction {
  if (movers.has(name)) return fn;
  const call = fn.call as (...args: unknown[]) => unknown;
  const quoting = encoders.get(name);
  if (quoting !== undefined) {
    return { ...fn, call: (...args: never[]) => escaped(call(...args), quoting, current()) };
  }
  return {
    ...fn,
    call: (...args: never[]) => {
      const marks = current();
      let touched = decoders.has(name);
      const plain = args.map((arg: unknown) => {
        const unmarked = unmarkValue(arg, marks);
        touched ||= unmarked !== arg;
        return unmarked;
      });
      const result = call(...plain);
      return touched ? markValue(result, marks) : result;
    },
  };
}

/** The encoder has taken marks for letters: each becomes what the encoder makes of its character, marked. */
function escaped(result: unknown, quoting: Quoting, marks: Marks): unknown {
  if (typeof result !== 'string' || !marks.in(result)) return result;
  let text = '';
  for (let at = 0; at < result.length; at++) {
    const character = result.charAt(at);
    const meaning = marks.meaning(character);
    text += meaning === undefined ? character : marks.markAll(quoting(meaning).slice(1, -1));
  }
  return text;
}
