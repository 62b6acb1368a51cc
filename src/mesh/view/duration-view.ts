import type { GoField, GoType } from '../../gotemplate/value/model.ts';
import {
  boolType,
  float64Type,
  GoInt,
  GoStruct,
  int32Type,
  int64Type,
  stringType,
  wrap,
} from '../../gotemplate/value/model.ts';
import { formatGoDuration, nanoseconds } from '../json/go-duration.ts';
import type { Duration } from '../message.ts';
import { method } from './method.ts';

const secondInNanos = 1_000_000_000n;

function durationOf(nanos: unknown): Duration {
  const value = nanos instanceof GoInt ? nanos.value : nanos;
  const total = BigInt(typeof value === 'bigint' || typeof value === 'number' ? value : 0);
  return { seconds: Number(total / secondInNanos), nanos: Number(total % secondInNanos) };
}

function inUnits(nanosPerUnit: number): (receiver: unknown) => unknown {
  return (receiver) => wrap(float64Type, Number(nanoseconds(durationOf(receiver))) / nanosPerUnit);
}

/** `time.Duration`: what `AsDuration` gives. Prints as `1m30s`. */
const timeDurationType: GoType = {
  kind: 'int64',
  name: 'time.Duration',
  format: (source) => formatGoDuration(durationOf(source)),
  methods: new Map([
    method('String', (receiver) => formatGoDuration(durationOf(receiver)), false),
    method('Seconds', inUnits(1e9), false),
    method('Minutes', inUnits(60e9), false),
    method('Hours', inUnits(3600e9), false),
  ]),
};

function field(goName: string, jsonName: string, type: GoType): [string, GoField] {
  return [goName, { goName, type, jsonName, omitEmpty: true, embedded: false }];
}

function sourceOf(receiver: unknown): Duration {
  return receiver instanceof GoStruct
    ? (receiver.source as unknown as Duration)
    : { seconds: 0, nanos: 0 };
}

function text(source: unknown): string {
  const { seconds = 0, nanos = 0 } = source as Partial<Duration>;
  return [seconds === 0 ? '' : `seconds:${seconds}`, nanos === 0 ? '' : `nanos:${nanos}`]
    .filter((part) => part !== '')
    .join(' ');
}

/** `durationpb.Duration`. Backed by a {@link Duration}. */
export const durationType: GoType = {
  kind: 'struct',
  name: 'durationpb.Duration',
  protoMessage: true,
  format: text,
  fields: new Map([field('Seconds', 'seconds', int64Type), field('Nanos', 'nanos', int32Type)]),
  methods: new Map([
    method('GetSeconds', (receiver) => wrap(int64Type, sourceOf(receiver).seconds)),
    method('GetNanos', (receiver) => wrap(int32Type, sourceOf(receiver).nanos)),
    method('AsDuration', (receiver) => {
      const total = nanoseconds(sourceOf(receiver));
      const small = Number(total);
      return new GoInt(timeDurationType, Number.isSafeInteger(small) ? small : total);
    }),
    // Whatever was read is within bounds.
    method('CheckValid', () => null),
    method('IsValid', (receiver) => wrap(boolType, receiver !== null)),
    method('String', (receiver) => wrap(stringType, text(sourceOf(receiver)))),
  ]),
};
