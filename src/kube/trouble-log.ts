import type { Logger } from 'pino';
import type { ApiError } from './api-error.ts';

/** While something stays broken, it is said again this often. */
const reminderMs = 5 * 60_000;
/** A problem that only changes its looks, as while a server restarts, waits at least this long. */
const changedMs = 30_000;

/**
 * Says when something breaks and when it works again, once each, and not at every attempt in between.
 */
export class TroubleLog {
  readonly #logger: Logger;
  readonly #resource: string;
  #problem: { readonly message: string; readonly since: number; said: number } | undefined;

  /** @param resource what cannot be read, for people */
  constructor(logger: Logger, resource: string) {
    this.#logger = logger;
    this.#resource = resource;
  }

  /** What is wrong at the moment; undefined when nothing is. */
  get problem(): string | undefined {
    return this.#problem?.message;
  }

  /** @param retryMs when the next attempt will be */
  failed({ message, hint }: ApiError, retryMs: number): void {
    const now = performance.now();
    const known = this.#problem;
    const fields = {
      resource: this.#resource,
      error: message,
      ...(hint !== undefined && { hint }),
      ...(known !== undefined && { forSeconds: Math.round((now - known.since) / 1000) }),
      retryMs: Math.round(retryMs),
    };
    const quietMs = known?.message === message ? reminderMs : changedMs;
    const repeated = known !== undefined && now - known.said < quietMs;
    this.#logger[repeated ? 'debug' : 'warn'](fields, `${this.#resource} cannot be read`);
    this.#problem = {
      message,
      since: known?.since ?? now,
      said: repeated ? known.said : now,
    };
  }

  worked(): void {
    if (this.#problem === undefined) return;
    const forSeconds = Math.round((performance.now() - this.#problem.since) / 1000);
    this.#problem = undefined;
    this.#logger.info(
      { resource: this.#resource, forSeconds },
      `${this.#resource} can be read again`,
    );
  }
}
