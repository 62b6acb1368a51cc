/**
 * What cannot be read from a cluster, in the log. Exports: {@link troubleLogOf}, {@link TroubleLog},
 * {@link TroubleReader}.
 */
import type { Logger } from 'pino';
import type { ApiError } from './api-error.ts';
import type { ApiServer } from './api-server.ts';

/** While something stays broken, it is said again this often. */
const reminderMs = 5 * 60_000;
/** A problem that only changes its looks, as while a server restarts, waits at least this long. */
const changedMs = 30_000;
/** What keeps one resource from being read usually keeps all of them: they are waited for, and told together. */
const gatherMs = 500;
/** What works again for less than this does not work yet. */
const recoveredMs = 1_000;

/** The troubles of one reader of a resource. */
export interface TroubleReader {
  /** What is wrong at the moment; undefined when nothing is. */
  readonly problem: string | undefined;
  /** @param retryMs when the next attempt will be */
  failed(error: ApiError, retryMs: number): void;
  worked(): void;
  /** A watch was given up, for nothing came for so long. */
  stalled(silentMs: number): void;
}

interface Trouble {
  readonly resource: string;
  readonly since: number;
  error: ApiError;
  retryMs: number;
  /** What was said of it last, and when; undefined while nothing was. */
  said: { readonly message: string; readonly at: number } | undefined;
}

const logs = new WeakMap<ApiServer, TroubleLog>();

/** The log of an API server, which all that is read from it shares. */
export function troubleLogOf(api: ApiServer, logger: Logger): TroubleLog {
  const known = logs.get(api) ?? new TroubleLog(logger);
  logs.set(api, known);
  return known;
}

/**
 * Says when something cannot be read and when it can be read again: once each, for all resources together, and not
 * at every attempt in between.
 */
export class TroubleLog {
  readonly #logger: Logger;
  readonly #troubles = new Set<Trouble>();
  /** What was said to be broken, and seems to work again. */
  readonly #over = new Set<Trouble>();
  #telling: NodeJS.Timeout | undefined;
  #ending: NodeJS.Timeout | undefined;
  #stalledAt = Number.NEGATIVE_INFINITY;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @param resource what is read, for people */
  reader(resource: string): TroubleReader {
    let trouble: Trouble | undefined;
    const log = this;
    return {
      get problem() {
        return trouble !== undefined && log.#troubles.has(trouble)
          ? trouble.error.message
          : undefined;
      },
      failed(error, retryMs) {
        const back =
          trouble !== undefined && (log.#over.has(trouble) || log.#troubles.has(trouble));
        const since = performance.now();
        if (trouble === undefined || !back) {
          trouble = { resource, since, error, retryMs, said: undefined };
        }
        Object.assign(trouble, { error, retryMs });
        log.#failed(trouble);
      },
      worked() {
        if (trouble !== undefined) log.#worked(trouble);
      },
      stalled: (silentMs) => log.#stalled(resource, silentMs),
    };
  }

  #failed(trouble: Trouble): void {
    this.#over.delete(trouble);
    this.#troubles.add(trouble);
    const { resource, error, retryMs } = trouble;
    this.#logger.debug({ resource, error: error.message, retryMs }, 'reading failed');
    if (!isDue(trouble)) return;
    this.#telling ??= setTimeout(() => this.#tell(), gatherMs).unref();
  }

  #worked(trouble: Trouble): void {
    // What was over before anybody was told is nothing to talk about.
    if (!this.#troubles.delete(trouble) || trouble.said === undefined) return;
    this.#over.add(trouble);
    this.#ending ??= setTimeout(() => this.#end(), recoveredMs).unref();
  }

  #tell(): void {
    this.#telling = undefined;
    const groups = Map.groupBy([...this.#troubles].filter(isDue), ({ error }) => causeOf(error));
    for (const [cause, group] of groups) {
      const [first] = group;
      if (first === undefined) continue;
      const { hint, message } = first.error;
      const reminder = group.some(({ said }) => said !== undefined);
      this.#logger.warn(
        {
          ...namesOf(group),
          error: group.length === 1 ? message : cause,
          ...(hint !== undefined && { hint }),
          ...(reminder && { forSeconds: secondsSince(group) }),
          retryMs: Math.round(Math.max(...group.map(({ retryMs }) => retryMs))),
        },
        group.length === 1
          ? `${first.resource} cannot be read`
          : 'the cluster cannot be read; what was last known of it holds',
      );
      for (const trouble of group) {
        trouble.said = { message: trouble.error.message, at: performance.now() };
      }
    }
  }

  #end(): void {
    this.#ending = undefined;
    const group = [...this.#over];
    this.#over.clear();
    const [first] = group;
    if (first === undefined) return;
    const still = [...this.#troubles].map(({ resource }) => resource);
    this.#logger.info(
      {
        ...namesOf(group),
        forSeconds: secondsSince(group),
        ...(group.length > 1 && still.length > 0 && { still }),
      },
      group.length === 1 ? `${first.resource} can be read again` : 'the cluster can be read again',
    );
  }

  #stalled(resource: string, silentMs: number): void {
    const now = performance.now();
    const again = now - this.#stalledAt < reminderMs;
    if (!again) this.#stalledAt = now;
    this.#logger[again ? 'debug' : 'warn'](
      {
        resource,
        silentSeconds: Math.round(silentMs / 1000),
        hint: 'Something between here and the API server may drop connections without a word.',
      },
      'a watch fell silent and is begun anew',
    );
  }
}

function isDue({ said, error }: Trouble): boolean {
  if (said === undefined) return true;
  const quietMs = said.message === error.message ? reminderMs : changedMs;
  return performance.now() - said.at >= quietMs;
}

/** The message without the request, which differs from resource to resource. */
function causeOf({ message }: ApiError): string {
  return message.replace(/^[A-Z]+ \S+: /, '');
}

function namesOf(group: readonly Trouble[]): { resource?: string; resources?: string[] } {
  const names = group.map(({ resource }) => resource);
  const [only, ...more] = names;
  return only !== undefined && more.length === 0 ? { resource: only } : { resources: names };
}

function secondsSince(group: readonly Trouble[]): number {
  const first = Math.min(...group.map(({ since }) => since));
  return Math.round((performance.now() - first) / 1000);
}
