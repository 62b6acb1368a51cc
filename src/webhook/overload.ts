/** How often the delay of the event loop is measured, in milliseconds. */
export const sampleInterval = 500;

/**
 * For longer than one sample: after a single long pause, as while a configuration is compiled, the server has
 * caught up by the time it is measured.
 */
const lasting = 1.5 * sampleInterval;

/**
 * Tells overload from a hiccup: the pressure has to be there, whenever it is asked for, for a while.
 *
 * @param isUnderPressure as the last sample has it
 * @param now milliseconds on any clock that only goes forward
 */
export function detectOverload(isUnderPressure: () => boolean, now: () => number): () => boolean {
  let since: number | undefined;
  let asked = 0;
  return () => {
    if (!isUnderPressure()) {
      since = undefined;
      return false;
    }
    const time = now();
    // What was in between nobody knows.
    if (time - asked > lasting) since = undefined;
    asked = time;
    since ??= time;
    return time - since > lasting;
  };
}
