import { type GoMethod, GoOpaque, type GoType } from '../value/model.ts';
import { formatTime } from './format-time.ts';
import { makeTimeMethods } from './time-methods.ts';
import { type TimeZone, utc } from './time-zone.ts';

/** Go's `time.Time`: an instant in a zone. */
export class GoTime extends GoOpaque {
  readonly type: GoType = timeType;
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanos: number;
  readonly zone: TimeZone;

  constructor(seconds: number, nanos = 0, zone: TimeZone = utc) {
    super();
    this.seconds = seconds;
    this.nanos = nanos;
    this.zone = zone;
  }

  static fromDate(date: Date): GoTime {
    const millis = date.getTime();
    const seconds = Math.floor(millis / 1000);
    return new GoTime(seconds, (millis - seconds * 1000) * 1_000_000);
  }

  in(zone: TimeZone): GoTime {
    return new GoTime(this.seconds, this.nanos, zone);
  }

  /** Nanoseconds since 1970. */
  get epochNanos(): bigint {
    return BigInt(this.seconds) * 1_000_000_000n + BigInt(this.nanos);
  }

  /** This time and a duration in nanoseconds. */
  plus(nanos: bigint): GoTime {
    const total = this.epochNanos + nanos;
    const rest = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
    return new GoTime(Number((total - rest) / 1_000_000_000n), Number(rest), this.zone);
  }

  equals(other: unknown): boolean {
    return other instanceof GoTime && this.epochNanos === other.epochNanos;
  }
}

let methods: ReadonlyMap<string, GoMethod> | undefined;

/** `time.Time` */
export const timeType: GoType = {
  kind: 'struct',
  name: 'time.Time',
  get methods() {
    methods ??= makeTimeMethods(timeType);
    return methods;
  },
  format: (value) =>
    value instanceof GoTime ? formatTime(value, '2006-01-02 15:04:05.999999999 -0700 MST') : '',
  encodeJSON: (value) =>
    value instanceof GoTime ? `"${formatTime(value, '2006-01-02T15:04:05.999999999Z07:00')}"` : '',
};
