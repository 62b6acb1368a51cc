/**
 * Writes Events in the background. Exports: {@link createEventWriter}, {@link EventWriter},
 * {@link EventLimits}.
 */
import type { Logger } from 'pino';
import { isJsonObject } from '../json.ts';
import { ApiError } from '../kube/api-error.ts';
import type { ApiServer } from '../kube/api-server.ts';
import { pause } from '../kube/pause.ts';
import { type ClusterEvent, toEventObject } from './cluster-event.ts';

/** How much is written. Events cost the API server as much as other objects do. */
export interface EventLimits {
  /** Events that wait to be written; further ones are dropped. */
  readonly queued: number;
  /** So many at once … */
  readonly burst: number;
  /** … and so many per second for long. */
  readonly perSecond: number;
  /** The same Event about the same object is not written again for so long, in milliseconds. */
  readonly quietMs: number;
}

/** Good for a cluster. */
export const defaultLimits: EventLimits = {
  queued: 200,
  burst: 25,
  perSecond: 2,
  quietMs: 10 * 60_000,
};

/** Takes Events and returns at once. */
export interface EventWriter {
  /** Never throws, never waits. */
  write(event: ClusterEvent): void;
  /** Gives up what has not been written. */
  stop(): Promise<void>;
}

/** What a writer works with. */
export interface EventWriterOptions {
  readonly api: ApiServer;
  readonly logger: Logger;
  /** Name of this pod, or of whatever process this is. */
  readonly reporter: string;
  /** Told what became of each Event that was not a repetition. */
  readonly counted?: (result: 'written' | 'dropped' | 'failed') => void;
  readonly limits?: EventLimits;
}

/** Events that are remembered so as not to be repeated. */
const mostRemembered = 2000;

/** Makes a writer. */
export function createEventWriter(options: EventWriterOptions): EventWriter {
  const { api, logger, reporter, counted = () => {}, limits = defaultLimits } = options;
  const stopping = new AbortController();
  const queue: ClusterEvent[] = [];
  const written = new Map<string, number>();
  let tokens = limits.burst;
  let filledAt = performance.now();
  let writing: Promise<void> | undefined;
  let complained = false;

  function isRepetition({ subject, reason, message }: ClusterEvent): boolean {
    const key = [subject.namespace, subject.kind, subject.name, reason, message].join('\0');
    const now = performance.now();
    const before = written.get(key);
    if (before !== undefined && now - before < limits.quietMs) return true;
    written.delete(key);
    written.set(key, now);
    const [oldest] = written.keys();
    if (written.size > mostRemembered && oldest !== undefined) written.delete(oldest);
    return false;
  }

  /** Milliseconds until the next Event may be written. */
  function wait(): number {
    const now = performance.now();
    tokens = Math.min(limits.burst, tokens + ((now - filledAt) / 1000) * limits.perSecond);
    filledAt = now;
    return tokens >= 1 ? 0 : ((1 - tokens) / limits.perSecond) * 1000;
  }

  async function writeAll(): Promise<void> {
    for (let event = queue.shift(); event !== undefined; event = queue.shift()) {
      for (let ms = wait(); ms > 0; ms = wait()) {
        await pause(ms, stopping.signal);
        if (stopping.signal.aborted) return;
      }
      tokens--;
      try {
        await post(await withUid(event));
        counted('written');
      } catch (error) {
        counted('failed');
        complain(error);
      }
    }
  }

  async function post(event: ClusterEvent): Promise<void> {
    await api.request({
      method: 'POST',
      path: `/api/v1/namespaces/${encodeURIComponent(event.subject.namespace)}/events`,
      body: toEventObject(event, reporter, new Date()),
      signal: stopping.signal,
    });
  }

  /** Only our own ConfigMaps may be read; everything else comes with its uid or goes without. */
  async function withUid(event: ClusterEvent): Promise<ClusterEvent> {
    const { kind, name, namespace, uid } = event.subject;
    if (kind !== 'ConfigMap' || uid !== undefined) return event;
    try {
      const { metadata } = await api.request({
        path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`,
        signal: stopping.signal,
      });
      const found = isJsonObject(metadata) ? metadata['uid'] : undefined;
      return typeof found === 'string'
        ? { ...event, subject: { ...event.subject, uid: found } }
        : event;
    } catch {
      return event;
    }
  }

  function complain(error: unknown): void {
    if (stopping.signal.aborted) return;
    const { message, hint } =
      error instanceof ApiError ? error : { message: String(error), hint: undefined };
    const fields = { error: message, ...(hint !== undefined && { hint }) };
    // Events are a courtesy: one line is enough.
    logger[complained ? 'debug' : 'warn'](
      fields,
      'an Event cannot be written; --no-events turns them off',
    );
    complained = true;
  }

  return {
    write(event) {
      if (stopping.signal.aborted || isRepetition(event)) return;
      if (queue.length >= limits.queued) {
        counted('dropped');
        return;
      }
      queue.push(event);
      writing ??= writeAll().finally(() => {
        writing = undefined;
      });
    },
    async stop() {
      stopping.abort();
      queue.length = 0;
      await writing;
    },
  };
}
