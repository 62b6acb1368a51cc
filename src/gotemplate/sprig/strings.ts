import { formatValue } from '../fmt/format-value.ts';
import { goQuote } from '../fmt/go-quote.ts';
import {
  anyType,
  boolType,
  type FunctionMap,
  type GoInt,
  GoMap,
  GoSlice,
  type GoType,
  intType,
  stringMapType,
  stringSliceType,
  stringType,
} from '../value/model.ts';
import { repeated } from './bounds.ts';
import { fixed, variadic } from './define.ts';
import { isSpace, swapCase, toLower, toTitle, toUpper, untitle } from './letter-case.ts';
import {
  abbrev,
  abbrevBoth,
  indentLines,
  initials,
  nospace,
  substr,
  trunc,
  wrapText,
} from './text-shape.ts';
import { toText } from './to-text.ts';
import { joinWords, pascalCase } from './word-case.ts';

function present(values: readonly unknown[]): unknown[] {
  return values.filter((value) => value !== null && value !== undefined);
}

/** Text without the characters at its ends that `drops` names. */
function trimBy(text: string, drops: (char: string) => boolean): string {
  const chars = Array.from(text);
  let from = 0;
  let to = chars.length;
  while (from < to && drops(chars[from] ?? '')) from++;
  while (from < to && drops(chars[to - 1] ?? '')) to--;
  return from === 0 && to === chars.length ? text : chars.slice(from, to).join('');
}

/** Strips any of the characters from both ends. */
function trimAll(characters: string, text: string): string {
  const [first = '', last = ''] = [text.charAt(0), text.at(-1)];
  if (!characters.includes(first) && !characters.includes(last)) return text;
  const stripped = new Set(characters);
  return trimBy(text, (char) => stripped.has(char));
}

/** `strings.SplitN`: at most `count` parts, all if negative; an empty separator splits characters. */
function splitN(text: string, separator: string, count: number): string[] {
  if (count === 0) return [];
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  if (count < 0 || parts.length <= count) return parts;
  return [...parts.slice(0, count - 1), parts.slice(count - 1).join(separator)];
}

/** `split` gives a map so that templates can write `._0`. */
function numbered(parts: readonly string[]): GoMap {
  return new GoMap(stringMapType, Object.fromEntries(parts.map((part, i) => [`_${i}`, part])));
}

function onText(out: GoType, call: (text: string) => unknown) {
  return fixed([stringType], out, call);
}

function onTexts(out: GoType, call: (argument: string, text: string) => unknown) {
  return fixed([stringType, stringType], out, call);
}

/** A function of an `int` and a text. */
function onCount(call: (count: number, text: string) => string) {
  return fixed([intType, stringType], stringType, (count: GoInt, text: string) =>
    call(Number(count.value), text),
  );
}

const strip = onTexts(stringType, trimAll);

/** sprig's functions on text. */
export const stringFunctions: FunctionMap = {
  hello: fixed([], stringType, () => 'Hello!'),
  quote: {
    ...variadic([anyType], stringType, (...values: readonly unknown[]) => {
      const [only] = values;
      if (values.length === 1 && typeof only === 'string') return goQuote(only);
      return present(values)
        .map((value) => goQuote(toText(value)))
        .join(' ');
    }),
    quotes: true,
  },
  squote: variadic([anyType], stringType, (...values: readonly unknown[]) =>
    present(values)
      .map((value) => `'${formatValue(value)}'`)
      .join(' '),
  ),
  cat: variadic([anyType], stringType, (...values: readonly unknown[]) =>
    present(values).map(formatValue).join(' '),
  ),
  trim: onText(stringType, (text) => trimBy(text, isSpace)),
  trimAll: strip,
  trimall: strip,
  trimSuffix: onTexts(stringType, (suffix, text) =>
    suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
  ),
  trimPrefix: onTexts(stringType, (prefix, text) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  upper: onText(stringType, toUpper),
  lower: onText(stringType, toLower),
  title: onText(stringType, toTitle),
  untitle: onText(stringType, untitle),
  swapcase: onText(stringType, swapCase),
  snakecase: onText(stringType, (text) => joinWords(text, '_')),
  kebabcase: onText(stringType, (text) => joinWords(text, '-')),
  camelcase: onText(stringType, pascalCase),
  nospace: onText(stringType, nospace),
  initials: onText(stringType, initials),
  repeat: onCount((count, text) => repeated(text, count)),
  trunc: onCount(trunc),
  abbrev: onCount(abbrev),
  indent: onCount(indentLines),
  nindent: onCount((count, text) => `\n${indentLines(count, text)}`),
  wrap: onCount((width, text) => wrapText(width, '', text, false)),
  wrapWith: fixed(
    [intType, stringType, stringType],
    stringType,
    (width: GoInt, separator: string, text: string) =>
      wrapText(Number(width.value), separator, text, true),
  ),
  substr: fixed(
    [intType, intType, stringType],
    stringType,
    (start: GoInt, end: GoInt, text: string) =>
      substr(Number(start.value), Number(end.value), text),
  ),
  abbrevboth: fixed(
    [intType, intType, stringType],
    stringType,
    (left: GoInt, width: GoInt, text: string) =>
      abbrevBoth(Number(left.value), Number(width.value), text),
  ),
  replace: fixed(
    [stringType, stringType, stringType],
    stringType,
    (old: string, by: string, text: string) =>
      old === ''
        ? [by, ...Array.from(text, (char) => char + by)].join('')
        : text.replaceAll(old, () => by),
  ),
  contains: onTexts(boolType, (part, text) => text.includes(part)),
  hasPrefix: onTexts(boolType, (prefix, text) => text.startsWith(prefix)),
  hasSuffix: onTexts(boolType, (suffix, text) => text.endsWith(suffix)),
  split: onTexts(stringMapType, (separator, text) => numbered(splitN(text, separator, -1))),
  splitn: fixed(
    [stringType, intType, stringType],
    stringMapType,
    (separator: string, count: GoInt, text: string) =>
      numbered(splitN(text, separator, Number(count.value))),
  ),
  splitList: onTexts(
    stringSliceType,
    (separator, text) => new GoSlice(stringSliceType, splitN(text, separator, -1)),
  ),
  plural: fixed(
    [stringType, stringType, intType],
    stringType,
    (one: string, many: string, count: GoInt) => (Number(count.value) === 1 ? one : many),
  ),
};
