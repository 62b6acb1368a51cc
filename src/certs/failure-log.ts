import type { Logger } from 'pino';
import { OutriggerError } from '../errors.ts';

/** Says what goes wrong in a loop, once and then now and then, and that it works again. */
export interface FailureLog {
  failed(error: unknown, failures: number): void;
  worked(): void;
}

/**
 * Makes a failure log.
 *
 * @param sentence what does not work while it fails, such as `caBundle cannot be kept right`
 * @param patience how many failures in a row are nothing to talk about
 */
export function createFailureLog(logger: Logger, sentence: string, patience = 0): FailureLog {
  let said: string | undefined;
  return {
    failed(error, failures) {
      const { message, hint } =
        error instanceof OutriggerError ? error : { message: String(error), hint: undefined };
      const place = error instanceof OutriggerError ? error.place.file : undefined;
      const fields = {
        error: message,
        ...(place !== undefined && { file: place }),
        ...(hint !== undefined && { hint }),
        ...(!(error instanceof OutriggerError) && error instanceof Error && { stack: error.stack }),
        failures,
      };
      // Retries come every half minute in the end: a reminder every ten minutes or so.
      const news = message !== said || failures % 20 === 0;
      if (failures > patience && news) {
        logger.warn(fields, `${sentence}; trying again`);
        said = message;
      } else {
        logger.debug(fields, `${sentence}; trying again`);
      }
    },
    worked() {
      if (said !== undefined) logger.info(`no longer so: ${sentence}`);
      said = undefined;
    },
  };
}
