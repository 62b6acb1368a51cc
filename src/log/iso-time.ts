/**
 * A maker of timestamps for log lines, such as `,"time":"2026-01-02T03:04:05.678Z"`. The logger's own makes each anew,
 * which takes as long as all the rest of a line; here only the milliseconds are new for most.
 *
 * @param clock milliseconds since 1970
 */
export function isoTimes(clock: () => number): () => string {
  let second = Number.NaN;
  let known = '';
  return () => {
    const now = clock();
    const milliseconds = now % 1000;
    if (now - milliseconds !== second) {
      second = now - milliseconds;
      known = new Date(second).toISOString().slice(0, -'000Z'.length);
    }
    return `,"time":"${known}${String(milliseconds).padStart(3, '0')}Z"`;
  };
}
