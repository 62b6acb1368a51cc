import { compareUtf8 } from '../../gotemplate/value/utf8.ts';

const htmlOrSeparator = /[<>&\u2028\u2029]/g;
const escapes: ReadonlyMap<string, string> = new Map([
  ['<', '\\u003c'],
  ['>', '\\u003e'],
  ['&', '\\u0026'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);

/** A string as Go's encoding/json writes it: safe for HTML, invalid text as U+FFFD. */
export function goJsonString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    htmlOrSeparator,
    (char) => escapes.get(char) ?? char,
  );
}

/** A float64 as Go's encoding/json writes it. Infinity and NaN are strings, as protobuf has it. */
export function goJsonNumber(value: number): string {
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

/** Any JSON value as Go writes a `map[string]interface{}`: compact, keys sorted. */
export function goJsonValue(value: unknown): string {
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value === 'number') return goJsonNumber(value);
  if (Array.isArray(value)) return `[${value.map(goJsonValue).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => compareUtf8(a, b));
    return `{${members.map(([key, item]) => `${goJsonString(key)}:${goJsonValue(item)}`).join(',')}}`;
  }
  return value === true ? 'true' : value === false ? 'false' : 'null';
}
