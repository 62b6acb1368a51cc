/**
 * What following a resource takes and gives. Exports: {@link Followed}, {@link FollowStatus},
 * {@link FollowOptions}, {@link FollowTimes}, {@link defaultTimes}, {@link awaited}.
 */
import type { Logger } from 'pino';
import type { JsonObject } from '../json.ts';
import type { BackoffTimes } from './backoff.ts';

/** Objects that are kept up to date until they are stopped. */
export interface Followed<T> {
  /** By name, or `namespace/name`. The map is replaced or changed as events come. */
  readonly items: ReadonlyMap<string, T>;
  status(): FollowStatus;
  /** Ends all requests; resolves when none is left. */
  stop(): Promise<void>;
}

/** How well a resource is followed. */
export interface FollowStatus {
  /** For people, as in {@link Resource}. */
  readonly resource: string;
  /** All objects have been read at least once; or the resource is optional and there is nothing to read. */
  readonly synced: boolean;
  /** The resource is optional, and the cluster does not know it or does not let us read it. */
  readonly absent: boolean;
  /** Milliseconds since the API server last gave a sign of life; undefined when it never did. */
  readonly silentMs: number | undefined;
  /** Why the objects cannot be read at the moment. */
  readonly problem: string | undefined;
  /** How often all objects were read, a watch was begun, and one was given up because nothing came. */
  readonly lists: number;
  readonly watches: number;
  readonly stalls: number;
}

/** When to lose patience, in milliseconds. */
export interface FollowTimes {
  /** A watch is begun anew after this silence. The API server sends a bookmark every minute. */
  readonly stallMs: number;
  /** All objects are read again after this time, in case that events were lost. Up to a tenth less. */
  readonly relistMs: number;
  /** A resource that is optional and absent is asked for again after this time. */
  readonly absentMs: number;
  /** Between failures. */
  readonly backoff: BackoffTimes;
}

/** Good for a cluster. */
export const defaultTimes: FollowTimes = {
  stallMs: 150_000,
  relistMs: 600_000,
  absentMs: 30_000,
  backoff: { firstMs: 250, mostMs: 15_000 },
};

/** How to follow. */
export interface FollowOptions<T> {
  /** Takes from an object what is needed. An object over which it throws is left out, with a log line. */
  readonly read: (object: JsonObject) => T;
  /** Called after the first list, and whenever the items are others than before. */
  readonly onChange?: () => void;
  readonly logger: Logger;
  readonly times?: Partial<FollowTimes>;
}

/** What a resource that has not been read yet is waiting for, to complete "waiting for …"; undefined when it has. */
export function awaited({ synced, resource, problem }: FollowStatus): string | undefined {
  if (synced) return undefined;
  return problem === undefined ? `${resource} to be read` : `${resource} to be read (${problem})`;
}
