import { type Clock, minute, second } from './clock.ts';

/** A piece of work that is repeated for as long as the process runs. */
export interface TendingLoop {
  /** There may be something to do: look now, or right after the pass under way. */
  wake(): void;
  /** No further pass begins; returns when the one under way has ended. */
  stop(): Promise<void>;
}

/** What a loop does, and goes by. */
export interface LoopOptions {
  /** One pass; returns the time of the next one, which comes earlier when something wakes the loop. */
  readonly pass: () => Promise<Date>;
  /** Told about a pass that failed, and how many have failed in a row. */
  readonly failed: (error: unknown, failures: number) => void;
  readonly clock: Clock;
  /** Gives numbers from 0 to 1. */
  readonly random: () => number;
}

/** However far away the next date is: watches can fall silent, and machines can sleep. */
const longestPause = minute;
const firstRetry = second / 10;
const longestRetry = 30 * second;
/** A loop that fails, or is woken all the time, looks no more often than this. */
const shortestPause = second / 10;

/**
 * Starts a loop with a first pass. Passes never overlap. After a failure the next pass comes soon, then ever
 * later, at times that differ between replicas.
 */
export function startLoop({ pass, failed, clock, random }: LoopOptions): TendingLoop {
  let cancel: () => void = () => {};
  let running: Promise<void> | undefined;
  let woken = false;
  let stopped = false;
  let failures = 0;
  let lastStart = Number.NEGATIVE_INFINITY;

  const schedule = (pause: number) => {
    cancel();
    cancel = clock.after(Math.max(pause, 0), begin);
  };
  const sinceStart = () => clock.now().getTime() - lastStart;
  const soon = () => schedule(shortestPause - Math.max(sinceStart(), 0));

  function begin(): void {
    lastStart = clock.now().getTime();
    running = once().finally(() => {
      running = undefined;
    });
  }

  async function once(): Promise<void> {
    woken = false;
    let pause: number;
    try {
      const next = await pass();
      failures = 0;
      pause = Math.min(next.getTime() - clock.now().getTime(), longestPause);
    } catch (error) {
      failures += 1;
      failed(error, failures);
      pause = Math.min(firstRetry * 2 ** (failures - 1), longestRetry) * (0.5 + random() / 2);
    }
    if (stopped) return;
    if (woken) soon();
    else schedule(Math.max(pause, shortestPause));
  }

  begin();
  return {
    wake() {
      woken = true;
      if (!stopped && running === undefined) soon();
    },
    async stop() {
      stopped = true;
      cancel();
      await running;
    },
  };
}
