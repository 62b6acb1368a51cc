import type { Logger } from 'pino';
import { watchFiles } from '../serving/watch-files.ts';
import { later, minute, systemClock } from './clock.ts';
import { readAuthorityFile } from './files/read-pem.ts';
import { startTending } from './start-tending.ts';

/** Authorities that clients have to show a certificate of, kept up to date. */
export interface ClientAuthorities {
  /** PEM text, to start with. */
  readonly pem: string;
  /** Starts to follow the file. */
  keepFresh(use: (pem: string) => void): { stop(): Promise<void> };
}

/**
 * Reads the file with the authorities.
 *
 * @throws OutriggerError when it cannot be used: without it anybody would be let in
 */
export async function openClientAuthorities(
  file: string,
  logger: Logger,
): Promise<ClientAuthorities> {
  const pem = await readAuthorityFile(file);
  return {
    pem,
    keepFresh(use) {
      let known = pem;
      const loop = startTending(
        async () => {
          const next = await readAuthorityFile(file);
          if (next !== known) {
            use(next);
            logger.info({ file }, 'client certificates are verified against other authorities now');
          }
          known = next;
          return later(systemClock.now(), minute);
        },
        { clock: systemClock, random: Math.random, logger },
        {
          fails: 'the authorities of client certificates cannot be read, the old ones stay',
          works: 'the authorities of client certificates can be read again',
        },
        3,
      );
      const stopWatching = watchFiles([file], loop.wake, logger);
      return {
        async stop() {
          await Promise.all([loop.stop(), stopWatching.then((stop) => stop())]);
        },
      };
    },
  };
}
