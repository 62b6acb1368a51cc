import type { Logger } from 'pino';

/** How often it is looked, in milliseconds: a server that is starting is waited for. */
const times = { startingMs: 50, runningMs: 500 };
/** A server that is not ready for this long says so again. */
const reminderMs = 5 * 60_000;
/** Starting takes a moment; after this one something is wrong. */
const patienceMs = 10_000;

/**
 * Says when a server gets ready, and ever after when it is no longer, and why.
 *
 * @param readiness why requests should not come; empty when they should
 * @param ready called the first time that it is, instead of a line
 * @returns ends it
 */
export function watchReadiness(
  readiness: () => readonly string[],
  logger: Logger,
  ready: () => void,
): () => void {
  let everReady = false;
  let timer: NodeJS.Timeout;
  /** While the server is not ready: since when, and what was said of it when. */
  let waiting: { since: number; text: string; saidAt: number } | undefined;

  function look(): void {
    const reasons = readiness();
    if (reasons.length > 0) notReady(reasons);
    else if (waiting !== undefined || !everReady) isReady();
    timer = setTimeout(look, everReady ? times.runningMs : times.startingMs).unref();
  }

  function isReady(): void {
    const forSeconds = waiting && secondsSince(waiting.since);
    waiting = undefined;
    if (everReady) logger.info({ forSeconds }, 'ready again');
    else ready();
    everReady = true;
  }

  function notReady(reasons: readonly string[]): void {
    const now = performance.now();
    const text = reasons.join('; ');
    const since = waiting?.since ?? now;
    const lasting = now - since >= patienceMs;
    const forSeconds = secondsSince(since);
    if (everReady) {
      if (text === waiting?.text && now - waiting.saidAt < reminderMs) return;
      const sentence = waiting === undefined ? 'no longer ready' : 'still not ready';
      logger.warn({ reasons, ...(waiting && { forSeconds }) }, sentence);
    } else if (lasting) {
      const impatient = waiting !== undefined && waiting.saidAt >= since + patienceMs;
      if (impatient && text === waiting?.text && now - waiting.saidAt < reminderMs) return;
      logger.warn({ reasons, forSeconds }, 'still not ready');
    } else {
      if (text === waiting?.text) return;
      logger.info({ reasons }, 'not ready yet');
    }
    waiting = { since, text, saidAt: now };
  }

  look();
  return () => clearTimeout(timer);
}

function secondsSince(then: number): number {
  return Math.round((performance.now() - then) / 1000);
}
