import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isInPod } from '../../kube/connect.ts';
import type { WebhookServer } from '../../webhook/server.ts';
import type { CliContext } from '../context.ts';
import type { ServeOptions } from './serve-options.ts';
import { stopSignal } from './stop-signals.ts';

/** How long stopping takes, in milliseconds. */
export interface StopTimes {
  /** Requests are still accepted: it takes a while until everybody knows that this replica is not ready. */
  readonly delayMs: number;
  /** Then requests under way get this long; upstream gives them as much. */
  readonly graceMs: number;
}

/** Out of flags; on somebody's terminal there is nobody to wait for. */
export function stopTimes(options: ServeOptions, env: CliContext['env']): StopTimes {
  return {
    delayMs: options.shutdownDelay ?? (isInPod(env) ? 5_000 : 0),
    graceMs: options.grace ?? 10_000,
  };
}

/**
 * Waits for a signal to stop, and stops: no longer ready, then no new connections, then the requests under way.
 * A second signal ends the process at once.
 */
export async function serveUntilStopped(
  server: WebhookServer,
  { delayMs, graceMs }: StopTimes,
  logger: Logger,
): Promise<void> {
  const signal = await stopSignal(process, (again) => {
    logger.warn({ signal: again }, 'stopping at once');
    process.exit(1);
  });
  server.drain();
  if (delayMs > 0) {
    logger.info({ signal, delayMs }, 'stopping: no longer ready, requests are still answered');
    await pause(delayMs);
  }
  logger.info({ signal, graceMs }, 'stopping: requests under way are finished');
  await server.stop(graceMs);
  logger.info('stopped');
}
