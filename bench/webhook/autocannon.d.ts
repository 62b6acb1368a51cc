/** The part of autocannon that the benchmark uses. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  interface Request {
    body?: Buffer;
  }

  interface Options {
    readonly url: string;
    readonly method: 'POST';
    readonly headers: { readonly [name: string]: string };
    readonly connections: number;
    /** Seconds; ignored when there is an amount. */
    readonly duration?: number;
    /** Requests altogether. */
    readonly amount?: number;
    readonly requests: readonly { setupRequest(request: Request): Request }[];
  }

  interface Result {
    /** Connections that failed. */
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
  }

  /** Emits `response` (client, status, bytes, milliseconds) and is a promise of the result. */
  type Instance = EventEmitter & PromiseLike<Result>;

  export default function autocannon(options: Options): Instance;
}
