import type { Logger } from 'pino';
import { OutriggerError } from '../errors.ts';
import { ApiError } from '../kube/api-error.ts';

/** Says what goes wrong in a loop, once and then now and then, and that it works again. */
export interface FailureLog {
  failed(error: unknown, failures: number): void;
  worked(): void;
}

/** What a failure log says. */
export interface FailureSentences {
  readonly fails: string;
  readonly works: string;
}

/**
 * Makes a failure log.
 *
 * @param patience how many failures in a row are nothing to talk about
 */
export function createFailureLog(
  logger: Logger,
  { fails, works }: FailureSentences,
  patience = 0,
): FailureLog {
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
      const news = !isOutage(error) && (message !== said || failures % 20 === 0);
      if (failures > patience && news) {
        logger.warn(fields, `${fails}; trying again`);
        said = message;
      } else {
        logger.debug(fields, `${fails}; trying again`);
      }
    },
    worked() {
      if (said !== undefined) logger.info(works);
      said = undefined;
    },
  };
}

/** The API server cannot be reached, which the watches of the cluster tell for all. */
function isOutage(error: unknown): boolean {
  return error instanceof ApiError && error.status === undefined;
}
