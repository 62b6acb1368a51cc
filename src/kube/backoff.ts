/** How long to wait before trying again; times are in milliseconds. */
export interface BackoffTimes {
  /** The first wait, on average a quarter less. */
  readonly firstMs: number;
  /** No wait is longer. */
  readonly mostMs: number;
}

/** Waits that grow with every failure in a row. */
export interface Backoff {
  /**
   * The next wait.
   *
   * @param atLeast what the other side asked for
   */
  next(atLeast?: number): number;
  /** Something worked: the next wait is a short one again. */
  reset(): void;
}

/**
 * Waits that double each time, shortened by up to a half at random: when an API server comes back, its clients
 * must not all come at once.
 *
 * @param random gives numbers from 0 to 1
 */
export function createBackoff(
  { firstMs, mostMs }: BackoffTimes,
  random: () => number = Math.random,
): Backoff {
  let failures = 0;
  return {
    next(atLeast = 0) {
      const full = Math.min(firstMs * 2 ** failures, mostMs);
      failures = Math.min(failures + 1, 30);
      return atLeast + full * (1 - random() / 2);
    },
    reset() {
      failures = 0;
    },
  };
}
