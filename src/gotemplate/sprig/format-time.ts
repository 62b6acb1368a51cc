import type { GoTime } from './go-time.ts';
import { type LayoutElement, layoutElements } from './time-layout.ts';

export const monthNames: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
export const weekdayNames: readonly string[] = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
];

/** The time of day and date that a clock in the time's zone shows. */
export interface WallClock {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanos: number;
  /** Seconds east of UTC. */
  readonly offset: number;
  readonly abbreviation: string;
}

export function wallClock(time: GoTime): WallClock {
  const { offset, abbreviation } = time.zone.at(time.seconds);
  const date = new Date((time.seconds + offset) * 1000);
  const year = date.getUTCFullYear();
  const newYear = new Date(0);
  newYear.setUTCFullYear(year, 0, 1);
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    yearDay: Math.floor((date.getTime() - newYear.getTime()) / 86_400_000) + 1,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanos: time.nanos,
    offset,
    abbreviation,
  };
}

/** Go's `Time.Format`. */
export function formatTime(time: GoTime, layout: string): string {
  const clock = wallClock(time);
  return layoutElements(layout)
    .map((element) => printElement(element, clock))
    .join('');
}

function printElement(element: LayoutElement, clock: WallClock): string {
  if (element.kind === 'text') return element.text;
  if (element.kind === 'field')
    return fields[element.text]?.(clock) ?? zoneOffset(element.text, clock);
  const digits = String(clock.nanos)
    .padStart(9, '0')
    .slice(0, element.text.length - 1);
  const shown = element.exact
    ? digits.padEnd(element.text.length - 1, '0')
    : digits.replace(/0+$/, '');
  return shown === '' ? '' : element.text.charAt(0) + shown;
}

function padded(value: number, width: number, fill = '0'): string {
  return String(value).padStart(width, fill);
}

const fields: Readonly<Record<string, (clock: WallClock) => string>> = {
  '2006': ({ year }) => (year < 0 ? `-${padded(-year, 4)}` : padded(year, 4)),
  '06': ({ year }) => padded(Math.abs(year) % 100, 2),
  January: ({ month }) => monthNames[month - 1] ?? '',
  Jan: ({ month }) => (monthNames[month - 1] ?? '').slice(0, 3),
  '01': ({ month }) => padded(month, 2),
  '1': ({ month }) => String(month),
  Monday: ({ weekday }) => weekdayNames[weekday] ?? '',
  Mon: ({ weekday }) => (weekdayNames[weekday] ?? '').slice(0, 3),
  '02': ({ day }) => padded(day, 2),
  _2: ({ day }) => padded(day, 2, ' '),
  '2': ({ day }) => String(day),
  '002': ({ yearDay }) => padded(yearDay, 3),
  __2: ({ yearDay }) => padded(yearDay, 3, ' '),
  '15': ({ hour }) => padded(hour, 2),
  '03': ({ hour }) => padded(hour % 12 || 12, 2),
  '3': ({ hour }) => String(hour % 12 || 12),
  '04': ({ minute }) => padded(minute, 2),
  '4': ({ minute }) => String(minute),
  '05': ({ second }) => padded(second, 2),
  '5': ({ second }) => String(second),
  PM: ({ hour }) => (hour >= 12 ? 'PM' : 'AM'),
  pm: ({ hour }) => (hour >= 12 ? 'pm' : 'am'),
  MST: (clock) => clock.abbreviation || zoneOffset('-0700', clock),
};

/** `-0700`, `-07:00`, `-07`, with seconds, or with `Z` for UTC. */
function zoneOffset(layout: string, { offset }: WallClock): string {
  if (layout.startsWith('Z') && offset === 0) return 'Z';
  const size = Math.abs(offset);
  const parts = [
    padded(Math.floor(size / 3600), 2),
    padded(Math.floor((size % 3600) / 60), 2),
    padded(size % 60, 2),
  ];
  const digits = layout.slice(1).replaceAll(':', '').length / 2;
  return (offset < 0 ? '-' : '+') + parts.slice(0, digits).join(layout.includes(':') ? ':' : '');
}
