import { nanoseconds } from '../json/go-duration.ts';
import type { Duration } from '../message.ts';

const millisecond = 1_000_000n;

/** What is wrong with a duration that has to be of at least one and of whole milliseconds. */
export function durationProblem(duration: Duration | undefined): string | undefined {
  const value = duration === undefined ? 0n : nanoseconds(duration);
  if (value < millisecond) return 'duration must be greater than 1ms';
  return value % millisecond === 0n ? undefined : 'only durations to ms precision are supported';
}
