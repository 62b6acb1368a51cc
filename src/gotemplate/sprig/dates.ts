import {
  anyType,
  type FunctionMap,
  GoCallError,
  GoInt,
  GoPointer,
  int64Type,
  stringType,
} from '../value/model.ts';
import { fixed } from './define.ts';
import { durationText, hour, minute, parseDuration, second } from './duration.ts';
import { formatTime } from './format-time.ts';
import { GoTime, timeType } from './go-time.ts';
import { parseTime } from './parse-time.ts';
import { zeroSeconds } from './time-methods.ts';
import { zoneNamed } from './time-zone.ts';

const epochTypes: ReadonlySet<string> = new Set(['int', 'int64', 'int32']);

/** A date argument: a time, or seconds since 1970; anything else means now. */
function timeIn(value: unknown, now: () => GoTime): GoTime {
  if (value instanceof GoTime) return value;
  if (value instanceof GoPointer && value.target instanceof GoTime) return value.target;
  if (value instanceof GoInt && epochTypes.has(value.type.name)) {
    return new GoTime(Number(value.value));
  }
  return now();
}

function orElse<T>(attempt: () => T, otherwise: T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof GoCallError) return otherwise;
    throw error;
  }
}

const integer = /^([-+]?)0*([0-9]{1,1000})$/;
const greatest = 2n ** 63n - 1n;

/** `strconv.ParseInt` with its error dropped: what is out of range saturates. */
function secondsIn(text: string): bigint {
  const [, sign, digits = '0'] = integer.exec(text) ?? [];
  const size = BigInt(digits);
  if (sign === '-') return size > greatest ? -greatest - 1n : -size;
  return size > greatest ? greatest : size;
}

/** Whole seconds, as text or `int64`, as a duration. */
function duration(value: unknown): string {
  if (value instanceof GoInt && value.type === int64Type) {
    return durationText(BigInt.asIntN(64, BigInt(value.value) * second));
  }
  const seconds = typeof value === 'string' ? secondsIn(value) : 0n;
  return durationText(BigInt.asIntN(64, seconds * second));
}

const day = 24n * hour;
const roundUnits: readonly (readonly [string, bigint])[] = [
  ['y', 365n * day],
  ['mo', 30n * day],
  ['d', day],
  ['h', hour],
  ['m', minute],
  ['s', second],
];

/** In the largest unit that the duration exceeds, without a sign. */
function durationRound(value: unknown, now: () => GoTime): string {
  const nanos = nanosIn(value, now);
  const size = nanos < 0n ? -nanos : nanos;
  const found = roundUnits.find(([, unit]) => size > unit);
  return found === undefined ? '0s' : `${size / found[1]}${found[0]}`;
}

function nanosIn(value: unknown, now: () => GoTime): bigint {
  if (typeof value === 'string') return orElse(() => parseDuration(value), 0n);
  if (value instanceof GoInt && value.type === int64Type) return BigInt(value.value);
  return value instanceof GoTime ? now().epochNanos - value.epochNanos : 0n;
}

/** Time since a date, to the second. */
function ago(time: GoTime, now: GoTime): string {
  const nanos = now.epochNanos - time.epochNanos;
  const half = nanos < 0n ? -second / 2n : second / 2n;
  return durationText(((nanos + half) / second) * second);
}

const htmlLayout = '2006-01-02';

/** sprig's functions on dates, by the given clock. The local zone is UTC. */
export function dateFunctions(clock: () => Date): FunctionMap {
  const now = () => GoTime.fromDate(clock());
  const inZone = (layout: string, value: unknown, zone: string) =>
    formatTime(timeIn(value, now).in(zoneNamed(zone)), layout);
  const dateInZone = fixed([stringType, anyType, stringType], stringType, inZone);
  const dateModify = fixed([stringType, timeType], timeType, (text: string, time: GoTime) =>
    orElse(() => time.plus(parseDuration(text)), time),
  );
  const mustDateModify = fixed([stringType, timeType], timeType, (text: string, time: GoTime) =>
    time.plus(parseDuration(text)),
  );
  return {
    now: fixed([], timeType, now),
    date: fixed([stringType, anyType], stringType, (layout: string, value: unknown) =>
      inZone(layout, value, 'Local'),
    ),
    dateInZone,
    date_in_zone: dateInZone,
    htmlDate: fixed([anyType], stringType, (value: unknown) => inZone(htmlLayout, value, 'Local')),
    htmlDateInZone: fixed([anyType, stringType], stringType, (value: unknown, zone: string) =>
      inZone(htmlLayout, value, zone),
    ),
    dateModify,
    date_modify: dateModify,
    mustDateModify,
    must_date_modify: mustDateModify,
    toDate: fixed([stringType, stringType], timeType, (layout: string, text: string) =>
      orElse(() => parseTime(layout, text), new GoTime(zeroSeconds)),
    ),
    mustToDate: fixed([stringType, stringType], timeType, parseTime),
    unixEpoch: fixed([timeType], stringType, (time: GoTime) => String(time.seconds)),
    ago: fixed([anyType], stringType, (value: unknown) => ago(timeIn(value, now), now())),
    duration: fixed([anyType], stringType, duration),
    durationRound: fixed([anyType], stringType, (value: unknown) => durationRound(value, now)),
  };
}
