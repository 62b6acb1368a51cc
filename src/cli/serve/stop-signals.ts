/**
 * A repetition that follows this fast is the same wish: on Ctrl-C the terminal signals the whole process
 * group, and npm hands the signal on once more.
 */
const sameWishMs = 300;

/** The part of the process that is needed to hear signals. */
export interface SignalSource {
  on(signal: 'SIGTERM' | 'SIGINT', listener: (signal: 'SIGTERM' | 'SIGINT') => void): unknown;
}

/**
 * Waits for SIGTERM or SIGINT. Another one after the first means that somebody has lost patience.
 *
 * @param impatient called at a second signal
 * @returns the first signal
 */
export function stopSignal(
  source: SignalSource,
  impatient: (signal: 'SIGTERM' | 'SIGINT') => void,
): Promise<'SIGTERM' | 'SIGINT'> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const listener = (signal: 'SIGTERM' | 'SIGINT') => {
      const now = performance.now();
      if (first === undefined) {
        first = now;
        resolve(signal);
      } else if (now - first > sameWishMs) {
        impatient(signal);
      }
    };
    source.on('SIGTERM', listener);
    source.on('SIGINT', listener);
  });
}
