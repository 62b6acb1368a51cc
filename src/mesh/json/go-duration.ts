import type { Duration } from '../message.ts';

const second = 1_000_000_000n;
const maxInt64 = (1n << 63n) - 1n;

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', second],
  ['m', 60n * second],
  ['h', 3600n * second],
]);

const term = /([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/y;

/** Nanoseconds of a duration. */
export function nanoseconds(duration: Duration): bigint {
  return BigInt(duration.seconds) * second + BigInt(duration.nanos);
}

/**
 * Reads a duration as Go's `time.ParseDuration` does: signed sum of decimal numbers with units, such as
 * `1h30m` or `1.5s`. Throws an Error with Go's text (`time: missing unit in duration "45"`).
 */
export function parseGoDuration(text: string): Duration {
  const total = parseNanoseconds(text);
  return { seconds: Number(total / second), nanos: Number(total % second) };
}

function parseNanoseconds(text: string): bigint {
  const negative = text.startsWith('-');
  const body = negative || text.startsWith('+') ? text.slice(1) : text;
  if (body === '0') return 0n;
  if (body === '') throw invalid(text);
  let total = 0n;
  for (let at = 0; at < body.length; ) {
    term.lastIndex = at;
    const [all = '', whole = '', fraction, unit = ''] = term.exec(body) ?? [];
    if (whole === '' && (fraction ?? '') === '') throw invalid(text);
    if (unit === '') throw new Error(`time: missing unit in duration ${quote(text)}`);
    const scale = units.get(unit);
    if (scale === undefined) {
      throw new Error(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`);
    }
    total += scaled(whole, fraction ?? '', scale);
    // Go refuses anything above 2^63 before it looks at the sign, which alone allows 2^63 itself.
    if (total > maxInt64 + 1n) throw invalid(text);
    at += all.length;
  }
  if (negative) return -total;
  if (total > maxInt64) throw invalid(text);
  return total;
}

function scaled(whole: string, fraction: string, scale: bigint): bigint {
  // 20 digits are beyond int64 whatever the unit; the cut keeps BigInt from chewing on long input.
  const integer = BigInt(whole.replace(/^0+(?=.)/, '').slice(0, 20) || '0') * scale;
  if (fraction === '') return integer;
  // In floating point, as Go does it.
  const digits = fraction.slice(0, 18);
  return integer + BigInt(Math.trunc(Number(digits) * (Number(scale) / 10 ** digits.length)));
}

function invalid(text: string): Error {
  return new Error(`time: invalid duration ${quote(text)}`);
}

/** Quotes as package time does: bytes outside printable ASCII become `\xNN`. */
function quote(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const char = String.fromCharCode(byte);
    if (byte < 0x20 || byte >= 0x7f) out += `\\x${byte.toString(16).padStart(2, '0')}`;
    else out += char === '"' || char === '\\' ? `\\${char}` : char;
  }
  return `"${out}"`;
}

/** Prints as Go's `time.Duration.String`: `1m30s`, `1.5s`, `500ms`, `0s`. */
export function formatGoDuration(duration: Duration): string {
  const total = nanoseconds(duration);
  if (total === 0n) return '0s';
  const sign = total < 0n ? '-' : '';
  const size = total < 0n ? -total : total;
  if (size < second) {
    if (size < 1_000n) return `${sign}${size}ns`;
    if (size < 1_000_000n) return `${sign}${decimal(size, 3)}µs`;
    return `${sign}${decimal(size, 6)}ms`;
  }
  const seconds = `${decimal(size % (60n * second), 9)}s`;
  const minutes = size / (60n * second);
  if (minutes === 0n) return sign + seconds;
  const hours = minutes / 60n;
  return hours === 0n
    ? `${sign}${minutes}m${seconds}`
    : `${sign}${hours}h${minutes % 60n}m${seconds}`;
}

function decimal(value: bigint, places: number): string {
  const digits = value.toString().padStart(places + 1, '0');
  const point = digits.length - places;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return fraction === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
}

/** The form of protobuf JSON: seconds with 0, 3, 6 or 9 decimals, `45s`, `1.500s`. */
export function protoDurationText(duration: Duration): string {
  const sign = duration.seconds < 0 || duration.nanos < 0 ? '-' : '';
  const nanos = Math.abs(duration.nanos).toString().padStart(9, '0');
  const decimals = nanos.replace(/(000)+$/, '');
  return `${sign}${Math.abs(duration.seconds)}${decimals === '' ? '' : `.${decimals}`}s`;
}
