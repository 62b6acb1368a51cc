/** Work that many causes ask for at once and that is done once. */
export interface Coalesced {
  /** There is reason to do the work; it is done soon. */
  ask(): void;
  /** Does the work now if it was asked for. */
  flush(): void;
  /** What was asked for is forgotten, and nothing more is done. */
  stop(): void;
}

/** How long work is put off, in milliseconds. */
export interface CoalescingTimes {
  /** Nobody must have asked for this long. */
  readonly quietMs: number;
  /** This long after the first that asked, the work is done in any case. */
  readonly mostMs: number;
}

/** Puts off work until nobody has asked for it for a while, but not for ever. */
export function coalesce(work: () => void, { quietMs, mostMs }: CoalescingTimes): Coalesced {
  let timer: NodeJS.Timeout | undefined;
  let first: number | undefined;
  let stopped = false;
  const flush = () => {
    clearTimeout(timer);
    if (first === undefined || stopped) return;
    first = undefined;
    work();
  };
  return {
    ask() {
      if (stopped) return;
      const now = performance.now();
      first ??= now;
      clearTimeout(timer);
      timer = setTimeout(flush, Math.max(0, Math.min(quietMs, first + mostMs - now)));
      timer.unref();
    },
    flush,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
