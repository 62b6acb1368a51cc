import {
  GoInt,
  type GoMethod,
  type GoType,
  int64Type,
  intType,
  stringType,
} from '../value/model.ts';
import { durationType, second } from './duration.ts';
import { formatTime, monthNames, type WallClock, wallClock, weekdayNames } from './format-time.ts';
import type { GoTime } from './go-time.ts';
import { int64 } from './number-casts.ts';
import { utc } from './time-zone.ts';

/** Seconds of the zero time, the beginning of year 1. */
export const zeroSeconds = -62_135_596_800;

function enumOf(name: string, names: readonly string[], first: number): GoType {
  return {
    kind: 'int',
    name,
    enumNames: new Map(names.map((each, i) => [i + first, each])),
  };
}

const monthType = enumOf('time.Month', monthNames, 1);
const weekdayType = enumOf('time.Weekday', weekdayNames, 0);

type Body = (time: GoTime, args: readonly unknown[]) => unknown;

interface Method {
  readonly name: string;
  readonly body: Body;
  readonly parameters: 'none' | 'a time' | readonly GoType[];
}

function method(name: string, body: Body, parameters: Method['parameters'] = 'none'): Method {
  return { name, body, parameters };
}

function part(name: string, read: (clock: WallClock) => number, type = intType): Method {
  return method(name, (time) => new GoInt(type, read(wallClock(time))));
}

function comparison(name: string, test: (a: bigint, b: bigint) => boolean): Method {
  return method(
    name,
    (time, [other]) => test(time.epochNanos, (other as GoTime).epochNanos),
    'a time',
  );
}

function nanosOf(value: unknown): bigint {
  return value instanceof GoInt ? BigInt(value.value) : 0n;
}

function numberOf(value: unknown): number {
  return value instanceof GoInt ? Number(value.value) : 0;
}

/** Nanoseconds to the same time of day so many years, months and days later. */
function addDate(time: GoTime, years: number, months: number, days: number): bigint {
  const clock = wallClock(time);
  const date = new Date(0);
  date.setUTCFullYear(clock.year + years, clock.month - 1 + months, clock.day + days);
  date.setUTCHours(clock.hour, clock.minute, clock.second);
  return BigInt(date.getTime() / 1000 - clock.offset - time.seconds) * second;
}

const methods: readonly Method[] = [
  method('Format', (time, [layout]) => formatTime(time, String(layout)), [stringType]),
  method('String', (time) => time.type.format?.(time) ?? ''),
  part('Year', (clock) => clock.year),
  part('Month', (clock) => clock.month, monthType),
  part('Day', (clock) => clock.day),
  part('Weekday', (clock) => clock.weekday, weekdayType),
  part('YearDay', (clock) => clock.yearDay),
  part('Hour', (clock) => clock.hour),
  part('Minute', (clock) => clock.minute),
  part('Second', (clock) => clock.second),
  part('Nanosecond', (clock) => clock.nanos),
  method('Unix', (time) => new GoInt(int64Type, time.seconds)),
  method('UnixMilli', (time) => int64(time.epochNanos / 1_000_000n)),
  method('UnixMicro', (time) => int64(time.epochNanos / 1000n)),
  method('UnixNano', (time) => int64(time.epochNanos)),
  method('IsZero', (time) => time.seconds === zeroSeconds && time.nanos === 0),
  method('UTC', (time) => time.in(utc)),
  method('Local', (time) => time.in(utc)),
  method('Add', (time, [duration]) => time.plus(nanosOf(duration)), [durationType]),
  method(
    'Sub',
    (time, [other]) =>
      new GoInt(durationType, int64(time.epochNanos - (other as GoTime).epochNanos).value),
    'a time',
  ),
  method(
    'AddDate',
    (time, [years, months, days]) =>
      time.plus(addDate(time, numberOf(years), numberOf(months), numberOf(days))),
    [intType, intType, intType],
  ),
  comparison('Before', (a, b) => a < b),
  comparison('After', (a, b) => a > b),
  comparison('Equal', (a, b) => a === b),
];

/**
 * Methods of `time.Time` that templates can call. Arguments are of the declared types: the engine checks
 * them.
 *
 * @param timeType the type of times, whose methods these become
 */
export function makeTimeMethods(timeType: GoType): ReadonlyMap<string, GoMethod> {
  return new Map(
    methods.map(({ name, body, parameters }): [string, GoMethod] => [
      name,
      {
        name,
        in: parameters === 'none' ? [] : parameters === 'a time' ? [timeType] : parameters,
        pointerOnly: false,
        call: (receiver, args) => body(receiver as GoTime, args),
      },
    ]),
  );
}
