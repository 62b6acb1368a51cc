import { RE2JS } from 're2js';
import { canBackquote, goQuote } from '../fmt/go-quote.ts';
import {
  boolType,
  type FunctionMap,
  GoCallError,
  type GoFunction,
  type GoInt,
  GoSlice,
  type GoType,
  intType,
  stringSliceType,
  stringType,
} from '../value/model.ts';
import { checkListLength, checkTextLength } from './bounds.ts';
import { fixed } from './define.ts';
import { parseReplacement } from './replacement.ts';

/**
 * Regular expressions in Go's syntax, run by a port of Go's own engine: templates are untrusted, and its
 * time is linear whatever the expression.
 */

/** Where a match and its groups lie; -1 for a group without part in it. */
interface Match {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Compiled expressions; templates have few, so that forgetting all of them now and then is enough. */
const compiled = new Map<string, RE2JS>();
const mostCompiled = 200;
const longestExpression = 10_000;

function compile(expression: string): RE2JS {
  let regex = compiled.get(expression);
  if (regex === undefined) {
    if (expression.length > longestExpression) {
      throw new GoCallError(`error parsing regexp: longer than ${longestExpression} characters`);
    }
    try {
      regex = RE2JS.compile(expression);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new GoCallError(text.endsWith('`') ? text : `${text}: \`\``);
    }
    if (compiled.size >= mostCompiled) compiled.clear();
    compiled.set(expression, regex);
  }
  return regex;
}

/** The same with the message of `regexp.MustCompile`, which the forms without `must` panic with. */
function mustCompile(expression: string): RE2JS {
  try {
    return compile(expression);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new GoCallError(`regexp: Compile(${quoteExpression(expression)}): ${text}`);
  }
}

function quoteExpression(expression: string): string {
  return canBackquote(expression) ? `\`${expression}\`` : goQuote(expression);
}

/** Such an expression may look at all of the rest of a text for every match. */
const unboundedRepetition = /[*+]|\{[0-9]+,\}/;
/** Characters that a search for all matches may look at, again and again. */
const mostWork = 20_000_000;

/** At most `limit` matches, all if negative. An empty match next to the one before does not count. */
function matchesOf(regex: RE2JS, text: string, limit: number): Match[] {
  const matches: Match[] = [];
  const matcher = regex.matcher(text);
  const groups = matcher.groupCount();
  const unbounded = unboundedRepetition.test(regex.pattern());
  let work = 0;
  let previousEnd = -1;
  let from = 0;
  while ((limit < 0 || matches.length < limit) && from <= text.length && matcher.find(from)) {
    const start = matcher.start();
    const end = matcher.end();
    if (end > start || start !== previousEnd) {
      const starts: number[] = [];
      const ends: number[] = [];
      for (let group = 0; group <= groups; group++) {
        starts.push(matcher.start(group));
        ends.push(matcher.end(group));
      }
      matches.push({ starts, ends });
      checkListLength(matches.length);
    }
    previousEnd = end;
    from = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
    work += unbounded ? text.length - end : 0;
    if (work > mostWork) {
      throw new GoCallError(`too many matches in a text of ${text.length} characters`);
    }
  }
  return matches;
}

function textsOf(matches: readonly Match[], text: string): GoSlice {
  const texts = matches.map(({ starts, ends }) => text.slice(starts[0], ends[0]));
  return new GoSlice(stringSliceType, texts.length === 0 ? null : texts);
}

/** Every match replaced by what `replacementOf` makes of it. */
function replace(regex: RE2JS, text: string, replacementOf: (match: Match) => string): string {
  let out = '';
  let done = 0;
  for (const match of matchesOf(regex, text, -1)) {
    out += text.slice(done, match.starts[0]) + replacementOf(match);
    checkTextLength(out.length);
    done = match.ends[0] ?? done;
  }
  return out + text.slice(done);
}

function replaceAll(regex: RE2JS, text: string, replacement: string): string {
  const pieces = parseReplacement(replacement);
  const names = regex.namedGroups();
  return replace(regex, text, ({ starts, ends }) => {
    let out = '';
    for (const piece of pieces) {
      if ('text' in piece) {
        out += piece.text;
        continue;
      }
      const { group } = piece;
      const number =
        typeof group === 'number' ? group : Object.hasOwn(names, group) ? names[group] : undefined;
      const start = number === undefined ? -1 : (starts[number] ?? -1);
      if (number !== undefined && start >= 0) out += text.slice(start, ends[number]);
    }
    return out;
  });
}

/** Go's `Regexp.Split`: at most `limit` parts, all if negative. */
function split(regex: RE2JS, text: string, limit: number): GoSlice {
  if (limit === 0) return new GoSlice(stringSliceType, null);
  if (text === '' && regex.pattern() !== '') return new GoSlice(stringSliceType, ['']);
  const parts: string[] = [];
  let from = 0;
  let end = 0;
  for (const { starts, ends } of matchesOf(regex, text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break;
    end = starts[0] ?? 0;
    const next = ends[0] ?? 0;
    if (next !== 0) parts.push(text.slice(from, end));
    from = next;
  }
  if (end !== text.length) parts.push(text.slice(from));
  return new GoSlice(stringSliceType, parts);
}

function find(regex: RE2JS, text: string): string {
  const [match] = matchesOf(regex, text, 1);
  return match === undefined ? '' : text.slice(match.starts[0], match.ends[0]);
}

function isMatch(expression: string, text: string): boolean {
  try {
    return compile(expression).matcher(text).find();
  } catch (error) {
    if (error instanceof GoCallError) return false;
    throw error;
  }
}

/** The two forms of a function that differ in the message for a bad expression. */
function bothForms(
  name: string,
  rest: readonly GoType[],
  out: GoType,
  call: (regex: RE2JS, text: string, ...rest: never[]) => unknown,
): readonly (readonly [string, GoFunction])[] {
  const form = (compileIt: (expression: string) => RE2JS) =>
    fixed(
      [stringType, stringType, ...rest],
      out,
      (expression: string, text: string, ...args: readonly never[]) =>
        call(compileIt(expression), text, ...args),
    );
  return [
    [name, form(mustCompile)],
    [`must${name.charAt(0).toUpperCase()}${name.slice(1)}`, form(compile)],
  ];
}

/** sprig's functions with regular expressions. */
export const regexFunctions: FunctionMap = {
  ...Object.fromEntries([
    ...bothForms('regexFind', [], stringType, find),
    ...bothForms('regexFindAll', [intType], stringSliceType, (regex, text, limit: GoInt) =>
      textsOf(matchesOf(regex, text, Number(limit.value)), text),
    ),
    ...bothForms('regexReplaceAll', [stringType], stringType, replaceAll),
    ...bothForms('regexReplaceAllLiteral', [stringType], stringType, (regex, text, by: string) =>
      replace(regex, text, () => by),
    ),
    ...bothForms('regexSplit', [intType], stringSliceType, (regex, text, limit: GoInt) =>
      split(regex, text, Number(limit.value)),
    ),
  ]),
  regexMatch: fixed([stringType, stringType], boolType, isMatch),
  mustRegexMatch: fixed([stringType, stringType], boolType, (expression: string, text: string) =>
    compile(expression).matcher(text).find(),
  ),
  regexQuoteMeta: fixed([stringType], stringType, (text: string) =>
    text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
  ),
};
