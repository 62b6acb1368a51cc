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

/** Sorts strings as Go does: by bytes of UTF-8, which is by code points. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // Surrogates stand for code points above all others of the plane.
    const leftHigh = left >= 0xd800 && left <= 0xdfff;
    const rightHigh = right >= 0xd800 && right <= 0xdfff;
    if (leftHigh !== rightHigh) return leftHigh ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}

/** Any JSON value as Go writes a `map[string]interface{}`: compact, keys sorted. */
export function goJsonValue(value: unknown): string {
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value === 'number') return goJsonNumber(value);
  if (Array.isArray(value)) return `[${value.map(goJsonValue).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).sort(([a], [b]) => compareBytes(a, b));
    return `{${members.map(([key, item]) => `${goJsonString(key)}:${goJsonValue(item)}`).join(',')}}`;
  }
  return value === true ? 'true' : value === false ? 'false' : 'null';
}
