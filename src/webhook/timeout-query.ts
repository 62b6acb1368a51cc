/**
 * The deadline that the API server puts on its calls (`?timeout=10s`), in milliseconds. It writes whole
 * seconds, but any single Go duration unit from milliseconds to minutes is understood; undefined when there is
 * none, or it makes no sense.
 *
 * @param url path and query of the request
 */
export function timeoutOf(url: string): number | undefined {
  const query = url.indexOf('?');
  if (query === -1) return undefined;
  const [, amount, unit] =
    /[?&]timeout=(\d{1,9}(?:\.\d{1,9})?)(ms|s|m)(?:&|$)/.exec(url.slice(query)) ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Number(amount) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000);
}
