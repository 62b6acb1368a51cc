/** Points in time as Kubernetes keeps them: RFC 3339 text, whole seconds, UTC when written. */

/** A text that is no time. `message` is Go's own. */
export class TimeError extends Error {
  override readonly name = 'TimeError';
}

/** Go's zero time as Kubernetes writes times. */
export const zeroTime = '0001-01-01T00:00:00Z';

/** The pieces of RFC 3339 as Go names them, and what each reads. */
const pieces: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['2006', /^[0-9]{4}/],
  ['-', /^-/],
  ['01', /^[0-9]{2}/],
  ['-', /^-/],
  ['02', /^[0-9]{2}/],
  ['T', /^T/],
  // Go's reader takes one digit too (golang.org/issue/54580).
  ['15', /^[0-9]{1,2}/],
  [':', /^:/],
  ['04', /^[0-9]{2}/],
  [':', /^:/],
  ['05', /^[0-9]{2}(?:[.,][0-9]+)?/],
  ['Z07:00', /^(?:Z|[-+][0-9]{2}:[0-9]{2})/],
];

function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** Milliseconds since 1970, whole seconds only. Throws a {@link TimeError} with Go's message. */
export function parseTime(text: string): number {
  const quoted = JSON.stringify(text);
  const found: string[] = [];
  let rest = text;
  for (const [name, pattern] of pieces) {
    const piece = pattern.exec(rest)?.[0];
    if (piece === undefined) {
      const what = `cannot parse ${JSON.stringify(rest)} as ${JSON.stringify(name)}`;
      throw new TimeError(`parsing time ${quoted} as "2006-01-02T15:04:05Z07:00": ${what}`);
    }
    found.push(piece);
    rest = rest.slice(piece.length);
  }
  const fail = (what: string): never => {
    throw new TimeError(`parsing time ${quoted}: ${what}`);
  };
  if (rest !== '') fail(`extra text: ${JSON.stringify(rest)}`);
  const number = (at: number): number => Number.parseInt(found[at] ?? '', 10);
  const [year, month, day] = [number(0), number(2), number(4)];
  if (month < 1 || month > 12) fail('month out of range');
  if (number(6) > 23) fail('hour out of range');
  if (number(8) > 59) fail('minute out of range');
  if (number(10) > 59) fail('second out of range');
  // Not Date.UTC: it takes the first hundred years for the twentieth century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (day < 1 || date.getUTCDate() !== day) fail('day out of range');
  date.setUTCHours(number(6), number(8), number(10));
  return date.getTime() - offsetMinutes(found[11] ?? 'Z') * 60_000;
}

/** The text that Kubernetes writes for a time. Throws a {@link TimeError}. */
export function canonicalTime(text: string): string {
  return `${new Date(parseTime(text)).toISOString().slice(0, 19)}Z`;
}
