/**
 * Objects of the cluster, kept up to date. Exports: {@link follow}.
 *
 * A list, then a watch from where the list ended, for ever. The informer of @kubernetes/client-node does not do
 * here: it stops for good when a list fails, opens connections that it never shares, hides errors that come in
 * the stream, and cannot tell a silent watch from a quiet one.
 */
import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type JsonObject } from '../json.ts';
import { ApiError } from './api-error.ts';
import type { ApiServer } from './api-server.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import {
  defaultTimes,
  type Followed,
  type FollowOptions,
  type FollowStatus,
  type FollowTimes,
} from './followed.ts';
import { listObjects } from './list-objects.ts';
import { pause } from './pause.ts';
import type { Resource } from './resource.ts';
import { type TroubleReader, troubleLogOf } from './trouble-log.ts';
import { watchEvents } from './watch-events.ts';

/** A watch that was only opened counts as a recovery when it has lasted for this long. */
const recoveredMs = 1_000;

/** A watch that ends sooner than this without an event was no use: something in between cuts it off. */
const usefulMs = 5_000;

/** Answers after which the version that we know is worth nothing: too old, from the future, not a version. */
const versionIsLost: ReadonlySet<number | undefined> = new Set([400, 410, 504]);

/** Follows a resource from now on. Never throws: what goes wrong is logged, told by the status, and retried. */
export function follow<T>(
  api: ApiServer,
  resource: Resource,
  options: FollowOptions<T>,
): Followed<T> {
  return new Follower(api, resource, options);
}

/** How far one round of reading and watching got. */
interface Attempt {
  /** The server agreed to a watch. */
  opened: boolean;
  /** The watch told something, or at least lasted. */
  useful: boolean;
}

class Follower<T> implements Followed<T> {
  readonly #api: ApiServer;
  readonly #resource: Resource;
  readonly #options: FollowOptions<T>;
  readonly #times: FollowTimes;
  readonly #stop = new AbortController();
  readonly #backoff: Backoff;
  readonly #trouble: TroubleReader;
  readonly #done: Promise<void>;
  #items = new Map<string, T>();
  /** Where a watch can go on; undefined when everything has to be read first. */
  #version: string | undefined;
  #relistAt = 0;
  #heardAt: number | undefined;
  #synced = false;
  #absent = false;
  /** Attempts in a row that were of no use. */
  #futile = 0;
  #lists = 0;
  #watches = 0;
  #stalls = 0;

  constructor(api: ApiServer, resource: Resource, options: FollowOptions<T>) {
    this.#api = api;
    this.#resource = resource;
    this.#options = options;
    this.#times = { ...defaultTimes, ...options.times };
    this.#backoff = createBackoff(this.#times.backoff);
    this.#trouble = troubleLogOf(api, options.logger).reader(resource.description);
    this.#done = this.#run();
  }

  get items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  status(): FollowStatus {
    return {
      resource: this.#resource.description,
      synced: this.#synced,
      absent: this.#absent,
      silentMs: this.#heardAt === undefined ? undefined : performance.now() - this.#heardAt,
      problem: this.#trouble.problem,
      lists: this.#lists,
      watches: this.#watches,
      stalls: this.#stalls,
    };
  }

  stop(): Promise<void> {
    this.#stop.abort();
    return this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      let wait = 0;
      const attempt: Attempt = { opened: false, useful: false };
      try {
        if (this.#version === undefined || performance.now() >= this.#relistAt) {
          this.#version = await this.#list();
        }
        await this.#watch(this.#version, attempt);
        // A watch that never lasts must not make us ask all the time.
        if (!attempt.useful) wait = this.#backoff.next();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        wait = this.#failed(error, attempt);
      }
      if (attempt.useful) {
        this.#backoff.reset();
        this.#futile = 0;
      } else {
        this.#futile++;
      }
      await pause(wait, this.#stop.signal);
    }
  }

  async #list(): Promise<string> {
    const items = new Map<string, T>();
    const version = await listObjects(this.#api, this.#resource, this.#stop.signal, (object) =>
      this.#put(items, object),
    );
    this.#lists++;
    this.#relistAt = performance.now() + this.#times.relistMs * (1 - Math.random() / 10);
    const changed = !this.#synced || this.#absent || !isDeepStrictEqual(items, this.#items);
    this.#items = items;
    this.#heard();
    this.#foundAgain();
    this.#synced = true;
    if (changed) this.#changed();
    return version;
  }

  /** Returns when the watch ended in an orderly way, had been silent for too long, or a list is due. */
  async #watch(version: string, attempt: Attempt): Promise<void> {
    const ending = new AbortController();
    let ended = false;
    const end = () => {
      ended = true;
      ending.abort();
    };
    const stall = setTimeout(() => {
      this.#stalls++;
      this.#trouble.stalled(this.#times.stallMs);
      end();
    }, this.#times.stallMs);
    const relist = setTimeout(end, Math.max(0, this.#relistAt - performance.now()));
    let recovered: NodeJS.Timeout | undefined;
    stall.unref();
    relist.unref();
    const began = performance.now();
    try {
      const events = watchEvents(this.#api, this.#resource, version, {
        // The server ends it, at another time for each watcher.
        seconds: Math.round(300 * (1 + Math.random())),
        signal: AbortSignal.any([this.#stop.signal, ending.signal]),
        onOpen: () => {
          attempt.opened = true;
          this.#watches++;
          this.#heardAt = performance.now();
          recovered = setTimeout(() => this.#trouble.worked(), recoveredMs).unref();
        },
      });
      for await (const { type, object, resourceVersion } of events) {
        stall.refresh();
        attempt.useful = true;
        this.#heard();
        this.#version = resourceVersion;
        if (type === 'DELETED') this.#delete(object);
        else if (type !== 'BOOKMARK') this.#update(object);
      }
    } catch (error) {
      if (!ended) throw error;
    } finally {
      clearTimeout(stall);
      clearTimeout(relist);
      clearTimeout(recovered);
      attempt.useful ||= ended || (attempt.opened && performance.now() - began > usefulMs);
    }
  }

  /** @returns how long to wait before the next attempt */
  #failed(error: unknown, attempt: Attempt): number {
    const failure =
      error instanceof ApiError ? error : new ApiError(String(error), { cause: error });
    if (versionIsLost.has(failure.status)) this.#version = undefined;
    if (this.#resource.optional && (failure.status === 404 || failure.status === 403)) {
      this.#missing(failure);
      return this.#times.absentMs * (1 - Math.random() / 10);
    }
    const wait = this.#backoff.next(failure.retryAfterMs);
    // Watches break and versions grow old all the time; what counts is whether the next attempt works.
    const ordinary = failure.status === 410 || (attempt.opened && this.#futile === 0);
    if (ordinary) {
      const { logger } = this.#options;
      logger.debug({ resource: this.#resource.description, error: failure.message }, 'watch ended');
    } else {
      this.#trouble.failed(failure, wait);
    }
    return wait;
  }

  #missing({ status, message, hint }: ApiError): void {
    this.#version = undefined;
    this.#heard();
    const news = !this.#synced || !this.#absent;
    this.#items = new Map();
    this.#synced = true;
    if (news) {
      const { description } = this.#resource;
      const { logger } = this.#options;
      if (status === 404) {
        logger.info({ resource: description }, `${description}: the cluster does not have them`);
      } else {
        const fields = { resource: description, error: message, hint };
        logger.warn(fields, `${description} cannot be read; going on without them`);
      }
    }
    this.#absent = true;
    if (news) this.#changed();
  }

  #foundAgain(): void {
    if (!this.#absent) return;
    this.#absent = false;
    const { description } = this.#resource;
    this.#options.logger.info({ resource: description }, `${description} can be read now`);
  }

  #update(object: JsonObject): void {
    const key = keyOf(object);
    const before = this.#items.get(key);
    this.#put(this.#items, object);
    if (!isDeepStrictEqual(before, this.#items.get(key))) this.#changed();
  }

  #delete(object: JsonObject): void {
    if (this.#items.delete(keyOf(object))) this.#changed();
  }

  #put(items: Map<string, T>, object: JsonObject): void {
    const key = keyOf(object);
    try {
      items.set(key, this.#options.read(object));
    } catch (error) {
      items.delete(key);
      const message = error instanceof Error ? error.message : String(error);
      this.#options.logger.warn(
        { resource: this.#resource.description, object: key, error: message },
        'an object cannot be read and is left out',
      );
    }
  }

  #heard(): void {
    this.#heardAt = performance.now();
    this.#trouble.worked();
  }

  #changed(): void {
    this.#options.onChange?.();
  }
}

function keyOf({ metadata }: JsonObject): string {
  const { namespace, name } = isJsonObject(metadata) ? metadata : {};
  return typeof namespace === 'string' && namespace !== ''
    ? `${namespace}/${String(name)}`
    : String(name);
}
