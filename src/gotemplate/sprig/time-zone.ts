/** A time zone: how far it is from UTC, in seconds east, and what it is called, at an instant. */
export interface TimeZone {
  at(epochSeconds: number): { readonly offset: number; readonly abbreviation: string };
}

export const utc: TimeZone = fixedZone('UTC', 0);

export function fixedZone(abbreviation: string, offset: number): TimeZone {
  const answer = { offset, abbreviation };
  return { at: () => answer };
}

const zones = new Map<string, TimeZone>();
const mostZones = 1000;

/** The zone of an IANA name; UTC for a name that is none. */
export function zoneNamed(name: string): TimeZone {
  if (name === '' || name === 'UTC' || name === 'Local') return utc;
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = loadZone(name);
    if (zones.size >= mostZones) zones.clear();
    zones.set(name, zone);
  }
  return zone;
}

function formatter(name: string, locale: string, style: 'short' | 'longOffset') {
  return new Intl.DateTimeFormat(locale, { timeZone: name, timeZoneName: style });
}

function zoneName(format: Intl.DateTimeFormat, epochSeconds: number): string {
  const parts = format.formatToParts(new Date(epochSeconds * 1000));
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? 'UTC';
}

/** Each locale knows the abbreviations of its own part of the world. */
const locales = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ', 'en-CA'];
const offsetPattern = /^GMT(?:([-+])([0-9]{1,2}):?([0-9]{2})?(?::([0-9]{2}))?)?$/;

function loadZone(name: string): TimeZone {
  // Offsets such as +01:00 are zones to JavaScript, but not to Go.
  if (!/^[A-Za-z]/.test(name)) return utc;
  let offsets: Intl.DateTimeFormat;
  try {
    offsets = formatter(name, 'en-US', 'longOffset');
  } catch {
    return utc;
  }
  let names: readonly Intl.DateTimeFormat[] | undefined;
  return {
    at(epochSeconds) {
      names ??= locales.map((locale) => formatter(name, locale, 'short'));
      const offsetAt = (instant: number) => offsetOf(zoneName(offsets, instant));
      const offset = offsetAt(epochSeconds);
      const named = Object.hasOwn(unknownToLocales, name)
        ? unknownToLocales[name]?.[offset / 3600]
        : undefined;
      return {
        offset,
        abbreviation: named ?? abbreviation(names, epochSeconds, offset, offsetAt),
      };
    },
  };
}

function offsetOf(text: string): number {
  const [, sign, hours, minutes, seconds] = offsetPattern.exec(text) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -size : size;
}

/** Abbreviations that no locale of JavaScript knows, by offset in hours. */
const unknownToLocales: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'Africa/Lagos': { 1: 'WAT' },
  'Africa/Nairobi': { 3: 'EAT' },
  'Asia/Hong_Kong': { 8: 'HKT' },
  'Asia/Jakarta': { 7: 'WIB' },
  'Asia/Jerusalem': { 2: 'IST', 3: 'IDT' },
  'Asia/Karachi': { 5: 'PKT' },
  'Asia/Manila': { 8: 'PST' },
  'Asia/Seoul': { 9: 'KST' },
  'Asia/Shanghai': { 8: 'CST' },
  'Asia/Taipei': { 8: 'CST' },
  'Asia/Tokyo': { 9: 'JST' },
  'Europe/Moscow': { 3: 'MSK' },
};

/** January and July of 2020: with and without summer time. */
const recentInstants: readonly number[] = [1_577_836_800, 1_593_561_600];

function abbreviationAt(
  names: readonly Intl.DateTimeFormat[],
  epochSeconds: number,
  offset: number,
): string | undefined {
  return names
    .map((format) => zoneName(format, epochSeconds))
    .find((text) => /^[A-Z]{2,5}$/.test(text) && (text !== 'GMT' || offset === 0));
}

/** An abbreviation, or the offset where there is none, which is what Go prints then. */
function abbreviation(
  names: readonly Intl.DateTimeFormat[],
  epochSeconds: number,
  offset: number,
  offsetAt: (epochSeconds: number) => number,
): string {
  const found =
    abbreviationAt(names, epochSeconds, offset) ??
    // The names of long ago are not kept, so the present one for the same offset has to do.
    recentInstants
      .filter((instant) => offsetAt(instant) === offset)
      .map((instant) => abbreviationAt(names, instant, offset))
      .find((text) => text !== undefined);
  if (found !== undefined) return found;
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 3600)).padStart(2, '0');
  const minutes = String(Math.floor((size % 3600) / 60)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${hours}${minutes === '00' ? '' : minutes}`;
}
