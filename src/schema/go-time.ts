import type { GoMethod, GoSource, GoType } from '../gotemplate/value/model.ts';
import { GoInt, GoStruct, int64Type, intType } from '../gotemplate/value/model.ts';
import { canonicalTime, parseTime, zeroTime } from './time.ts';

function textIn(source: unknown): string {
  const raw =
    typeof source === 'object' && source !== null ? (source as GoSource)['value'] : source;
  if (typeof raw !== 'string') return zeroTime;
  try {
    return canonicalTime(raw);
  } catch {
    // Values reach templates decoded, so this is a caller's mistake that should not end a render.
    return zeroTime;
  }
}

/** As `time.Time` prints itself, in UTC. */
function print(source: unknown): string {
  const text = textIn(source);
  return `${text.slice(0, 10)} ${text.slice(11, 19)} +0000 UTC`;
}

function number(name: string, type: GoType, read: (date: Date) => number): [string, GoMethod] {
  return [name, method(name, (text) => new GoInt(type, read(new Date(parseTime(text)))))];
}

function method(name: string, result: (text: string) => unknown): GoMethod {
  return {
    name,
    in: [],
    pointerOnly: false,
    call: (receiver) => result(textIn(receiver instanceof GoStruct ? receiver.source : undefined)),
  };
}

function dayOfYear(date: Date): number {
  return (date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1;
}

/** `v1.Time`: whole seconds, shown in UTC. Of its methods those that give a plain value. */
export const timeType: GoType = {
  kind: 'struct',
  name: 'v1.Time',
  fields: new Map(),
  methods: new Map([
    ['IsZero', method('IsZero', (text) => text === zeroTime)],
    ['String', method('String', print)],
    number('Unix', int64Type, (date) => date.getTime() / 1000),
    number('UnixMilli', int64Type, (date) => date.getTime()),
    number('Year', intType, (date) => date.getUTCFullYear()),
    number('YearDay', intType, (date) => Math.floor(dayOfYear(date))),
    number('Day', intType, (date) => date.getUTCDate()),
    number('Hour', intType, (date) => date.getUTCHours()),
    number('Minute', intType, (date) => date.getUTCMinutes()),
    number('Second', intType, (date) => date.getUTCSeconds()),
    number('Nanosecond', intType, () => 0),
  ]),
  encodeJSON: (source) => {
    const text = textIn(source);
    return text === zeroTime ? 'null' : JSON.stringify(text);
  },
  format: print,
};
