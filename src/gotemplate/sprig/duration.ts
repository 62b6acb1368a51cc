import { GoCallError, type GoType } from '../value/model.ts';
import { timeQuote } from './time-quote.ts';

/** Durations in nanoseconds, as Go's `time.Duration`. */

export const second: bigint = 1_000_000_000n;
export const minute: bigint = 60n * second;
export const hour: bigint = 60n * minute;

const units: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1000n],
  ['\u00b5s', 1000n],
  ['\u03bcs', 1000n],
  ['ms', 1_000_000n],
  ['s', second],
  ['m', minute],
  ['h', hour],
]);
const term = /([0-9]*)(?:\.([0-9]*))?([^0-9.]*)/y;
const greatest = 2n ** 63n - 1n;
const longestDuration = 1000;

/** Go's `time.ParseDuration`: `1h30m`, `-1.5h`. */
export function parseDuration(text: string): bigint {
  const invalid = () => new GoCallError(`time: invalid duration ${timeQuote(text)}`);
  const unsigned = /^[-+]/.test(text) ? text.slice(1) : text;
  if (unsigned === '0') return 0n;
  if (unsigned === '' || text.length > longestDuration) throw invalid();
  let total = 0n;
  for (let at = 0; at < unsigned.length; ) {
    term.lastIndex = at;
    const [all = '', whole = '', fraction = '', unit = ''] = term.exec(unsigned) ?? [];
    if (whole === '' && fraction === '') throw invalid();
    if (BigInt(whole || 0) > greatest) throw invalid();
    if (unit === '') throw new GoCallError(`time: missing unit in duration ${timeQuote(text)}`);
    const size = units.get(unit);
    if (size === undefined) {
      throw new GoCallError(`time: unknown unit ${timeQuote(unit)} in duration ${timeQuote(text)}`);
    }
    total += BigInt(whole || 0) * size;
    if (fraction !== '') {
      total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    }
    if (total > greatest) throw invalid();
    at += all.length;
  }
  return text.startsWith('-') ? -total : total;
}

function decimal(value: bigint, unit: bigint): string {
  const whole = value / unit;
  const digits = String(unit).length - 1;
  const fraction = String(value % unit)
    .padStart(digits, '0')
    .replace(/0+$/, '');
  return fraction === '' ? String(whole) : `${whole}.${fraction}`;
}

/** Go's `Duration.String`: `1h30m0.25s`, `500ms`, `0s`. */
export function durationText(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  const sign = nanos < 0n ? '-' : '';
  if (size === 0n) return '0s';
  if (size < 1000n) return `${sign}${size}ns`;
  if (size < 1_000_000n) return `${sign}${decimal(size, 1000n)}\u00b5s`;
  if (size < second) return `${sign}${decimal(size, 1_000_000n)}ms`;
  const seconds = `${decimal(size % minute, second)}s`;
  if (size < minute) return sign + seconds;
  const minutes = `${(size / minute) % 60n}m${seconds}`;
  return size < hour ? sign + minutes : `${sign}${size / hour}h${minutes}`;
}

/** `time.Duration` */
export const durationType: GoType = {
  kind: 'int64',
  name: 'time.Duration',
  format: (value) => durationText(BigInt(value as number | bigint)),
};
