const timestamp =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt]([0-9:]+)(?:[.,][0-9]+)?(?:Z|[-+]([0-9]{2}):([0-9]{2}))| +([0-9:]+)(?:[.,][0-9]+)?)?$/;
const clock = /^([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})$/;

/**
 * Whether go-yaml takes a text for a time: `2020-1-31`, with `T` a time with a zone, with a blank a time
 * without one. The date must exist.
 */
export function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (match === null) return false;
  const [, year, month, day, zonedTime, zoneHours, zoneMinutes, localTime] = match;
  const time = zonedTime ?? localTime;
  return (
    dateExists(Number(year), Number(month), Number(day)) &&
    (time === undefined || timeExists(time)) &&
    Number(zoneHours ?? 0) <= 24 &&
    Number(zoneMinutes ?? 0) <= 60
  );
}

function dateExists(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  // Day 0 of the next month is the last of this one; years below 100 would mean 19xx.
  return day <= new Date(Date.UTC(year + 400, month, 0)).getUTCDate();
}

function timeExists(time: string): boolean {
  const match = clock.exec(time);
  return match !== null && Number(match[1]) < 24 && Number(match[2]) < 60 && Number(match[3]) < 60;
}
