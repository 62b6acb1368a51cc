import { GoCallError } from '../value/model.ts';
import { monthNames, weekdayNames } from './format-time.ts';
import { GoTime } from './go-time.ts';
import { layoutElements } from './time-layout.ts';
import { timeQuote } from './time-quote.ts';
import { fixedZone, type TimeZone, utc } from './time-zone.ts';

/** What the elements of a layout found; months and days count from 1, undefined: not said. */
interface Found {
  year: number;
  month: number | undefined;
  day: number | undefined;
  yearDay: number | undefined;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  half: 'am' | 'pm' | undefined;
  zone: TimeZone | undefined;
}

/** Reads one element at the start of `value` and gives what is left; undefined: it is not there. */
type Reader = (value: string, found: Found) => string | undefined;

/** A value that is there and out of its range; the text names it. */
class OutOfRange extends Error {}

function digits(
  least: number,
  most: number,
  put: (found: Found, number: number) => void,
  range?: readonly [string, number, number],
): Reader {
  const pattern = new RegExp(`^[0-9]{${least},${most}}`);
  return (value, found) => {
    const text = pattern.exec(value)?.[0];
    if (text === undefined) return undefined;
    const number = Number(text);
    if (range !== undefined && (number < range[1] || number > range[2]))
      throw new OutOfRange(range[0]);
    put(found, number);
    return value.slice(text.length);
  };
}

function afterBlank(reader: Reader): Reader {
  return (value, found) => reader(value.replace(/^ {1,2}/, ''), found);
}

function name(
  names: readonly string[],
  length: number,
  put: (found: Found, index: number) => void,
): Reader {
  const short = names.map((each) => each.slice(0, length).toLowerCase());
  return (value, found) => {
    const lower = value.toLowerCase();
    const index = short.findIndex((each) => lower.startsWith(each));
    if (index < 0) return undefined;
    put(found, index);
    return value.slice(short[index]?.length ?? 0);
  };
}

function half(upper: boolean): Reader {
  return (value, found) => {
    const text = value.slice(0, 2);
    if (text !== (upper ? text.toUpperCase() : text.toLowerCase())) return undefined;
    const lower = text.toLowerCase();
    if (lower !== 'am' && lower !== 'pm') return undefined;
    found.half = lower;
    return value.slice(2);
  };
}

const putMonth = (found: Found, number: number) => {
  found.month = number;
};
const putDay = (found: Found, number: number) => {
  found.day = number;
};
const putYearDay = (found: Found, number: number) => {
  found.yearDay = number;
};
const putHour = (found: Found, number: number) => {
  found.hour = number;
};
const putMinute = (found: Found, number: number) => {
  found.minute = number;
};
const putSecond = (found: Found, number: number) => {
  found.second = number;
};
const ignore = () => {};
const monthRange = ['month', 1, 12] as const;
const minuteRange = ['minute', 0, 59] as const;
const secondRange = ['second', 0, 59] as const;

const readers: Readonly<Record<string, Reader>> = {
  '2006': digits(4, 4, (found, number) => {
    found.year = number;
  }),
  '06': digits(2, 2, (found, number) => {
    found.year = number + (number >= 69 ? 1900 : 2000);
  }),
  January: name(monthNames, 99, (found, index) => putMonth(found, index + 1)),
  Jan: name(monthNames, 3, (found, index) => putMonth(found, index + 1)),
  '01': digits(2, 2, putMonth, monthRange),
  '1': digits(1, 2, putMonth, monthRange),
  Monday: name(weekdayNames, 99, ignore),
  Mon: name(weekdayNames, 3, ignore),
  '02': digits(2, 2, putDay),
  _2: afterBlank(digits(1, 2, putDay)),
  '2': digits(1, 2, putDay),
  '002': digits(3, 3, putYearDay),
  __2: afterBlank(digits(1, 3, putYearDay)),
  '15': digits(1, 2, putHour, ['hour', 0, 23]),
  '03': digits(2, 2, putHour, ['hour', 0, 12]),
  '3': digits(1, 2, putHour, ['hour', 0, 12]),
  '04': digits(2, 2, putMinute, minuteRange),
  '4': digits(1, 2, putMinute, minuteRange),
  '05': digits(2, 2, putSecond, secondRange),
  '5': digits(1, 2, putSecond, secondRange),
  PM: half(true),
  pm: half(false),
  MST: (value, found) => {
    const text = /^(?:UTC|[A-Z]{3,5}|[-+][0-9]{2}(?:[0-9]{2})?)/.exec(value)?.[0];
    if (text === undefined) return undefined;
    // Go knows the offsets of its local zone only, which is UTC.
    found.zone = text === 'UTC' ? utc : fixedZone(text, 0);
    return value.slice(text.length);
  },
};

/** Reads `-0700` and its like. */
function readOffset(layout: string, value: string, found: Found): string | undefined {
  if (layout.startsWith('Z') && value.startsWith('Z')) {
    found.zone = utc;
    return value.slice(1);
  }
  const shape = layout.slice(1).replaceAll('07', '([0-9]{2})').replaceAll('00', '([0-9]{2})');
  const match = new RegExp(`^([-+])${shape}`).exec(value);
  if (match === null) return undefined;
  const [all, sign, hours = 0, minutes = 0, seconds = 0] = match;
  if (Number(hours) > 24) throw new OutOfRange('time zone offset hour');
  if (Number(minutes) > 60) throw new OutOfRange('time zone offset minute');
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  found.zone = size === 0 ? utc : fixedZone('', sign === '-' ? -size : size);
  return value.slice(all.length);
}

const fractionText = /^[.,]([0-9]+)/;

function putFraction(found: Found, fraction: string): void {
  found.nanos = Number(fraction.slice(0, 9).padEnd(9, '0'));
}

function readFraction(
  value: string,
  found: Found,
  exactDigits: number | undefined,
): string | undefined {
  const fraction = fractionText.exec(value)?.[1];
  if (exactDigits === undefined) {
    if (fraction === undefined) return value;
    putFraction(found, fraction);
    return value.slice(fraction.length + 1);
  }
  if (fraction === undefined || fraction.length < exactDigits) return undefined;
  putFraction(found, fraction.slice(0, exactDigits));
  return value.slice(exactDigits + 1);
}

/** Text between elements that is not there; `rest` is where the value goes another way. */
class OtherText extends Error {
  readonly rest: string;
  constructor(rest: string) {
    super('other text');
    this.rest = rest;
  }
}

/** Reads text between elements; blanks match any number of blanks. */
function readText(text: string, value: string): string {
  let at = 0;
  for (const [i, character] of Array.from(text).entries()) {
    const isBlank = character === ' ';
    if (isBlank && (i === 0 || text.charAt(i - 1) !== ' ')) {
      if (at < value.length && value.charAt(at) !== ' ') throw new OtherText(value.slice(at));
      while (value.charAt(at) === ' ') at++;
    } else if (!isBlank) {
      if (!value.startsWith(character, at)) throw new OtherText(value.slice(at));
      at += character.length;
    }
  }
  return value.slice(at);
}

/**
 * Go's `time.Parse`, in UTC where the text names no zone.
 *
 * @throws GoCallError `parsing time "nope" as "2006": cannot parse "nope" as "2006"`
 */
export function parseTime(layout: string, value: string): GoTime {
  const found: Found = {
    year: 0,
    month: undefined,
    day: undefined,
    yearDay: undefined,
    hour: 0,
    minute: 0,
    second: 0,
    nanos: 0,
    half: undefined,
    zone: undefined,
  };
  const complain = (problem: string) =>
    new GoCallError(`parsing time ${timeQuote(value)}${problem}`);
  const elements = layoutElements(layout);
  let rest = value;
  for (const [i, element] of elements.entries()) {
    let left: string | undefined;
    try {
      if (element.kind === 'text') {
        left = readText(element.text, rest);
      } else if (element.kind === 'fraction') {
        left = readFraction(rest, found, element.exact ? element.text.length - 1 : undefined);
      } else {
        const reader = readers[element.text];
        left = reader === undefined ? readOffset(element.text, rest, found) : reader(rest, found);
        // Seconds may have a fraction that the layout does not mention.
        if (
          left !== undefined &&
          /^0?5$/.test(element.text) &&
          elements[i + 1]?.kind !== 'fraction'
        ) {
          left = readFraction(left, found, undefined);
        }
      }
    } catch (error) {
      if (error instanceof OutOfRange) throw complain(`: ${error.message} out of range`);
      if (!(error instanceof OtherText)) throw error;
      rest = error.rest;
    }
    if (left === undefined) {
      throw complain(
        ` as ${timeQuote(layout)}: cannot parse ${timeQuote(rest)} as ${timeQuote(element.text)}`,
      );
    }
    rest = left;
  }
  if (rest !== '') throw complain(`: extra text: ${timeQuote(rest)}`);
  return timeOf(found, complain);
}

function timeOf(found: Found, complain: (problem: string) => Error): GoTime {
  const { year, yearDay } = found;
  const date = new Date(0);
  date.setUTCFullYear(
    year,
    yearDay === undefined ? (found.month ?? 1) - 1 : 0,
    yearDay ?? found.day ?? 1,
  );
  if (yearDay !== undefined) {
    if (yearDay < 1 || date.getUTCFullYear() !== year) throw complain(': day-of-year out of range');
  } else if (date.getUTCMonth() !== (found.month ?? 1) - 1 || found.day === 0) {
    throw complain(': day out of range');
  }
  let { hour } = found;
  if (found.half === 'pm' && hour < 12) hour += 12;
  else if (found.half === 'am' && hour === 12) hour = 0;
  const seconds = date.getTime() / 1000 + hour * 3600 + found.minute * 60 + found.second;
  const zone = found.zone ?? utc;
  return new GoTime(seconds - zone.at(seconds).offset, found.nanos, zone);
}
