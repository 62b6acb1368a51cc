/** An API server over HTTP. Exports: {@link createHttpApiServer}, {@link Credentials}. */
import http, { type IncomingMessage } from 'node:http';
import https, { type RequestOptions } from 'node:https';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { packageInfo } from '../package.ts';
import { ApiError, refusedRequest, unreachable } from './api-error.ts';
import type { ApiRequest, ApiServer } from './api-server.ts';
import { jsonLines } from './json-lines.ts';

/** Adds to a request what proves who we are: headers, certificates, or an agent of its own for a proxy. */
export type Credentials = (options: RequestOptions) => Promise<void>;

/** For a whole answer, and for the beginning of a stream. */
const defaultTimeoutMs = 30_000;

/**
 * Makes the client of an API server: connections are kept and shared, every request has a time limit.
 *
 * @param url address of the server, possibly with a path below which its API lies
 */
export function createHttpApiServer(
  url: string,
  credentials: Credentials,
  { timeoutMs = defaultTimeoutMs }: { readonly timeoutMs?: number } = {},
): ApiServer {
  const base = url.replace(/\/+$/, '');
  const { request: send, Agent } = base.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true });

  /** Sends a request and waits for the head of a successful answer. */
  async function open(
    request: ApiRequest,
    what: string,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const options: RequestOptions = {
      method: request.method ?? 'GET',
      headers: headersOf(request, body),
      agent,
      signal,
    };
    try {
      // A plugin may wait for somebody who never answers.
      await unlessAborted(credentials(options), signal);
    } catch (cause) {
      if (signal.aborted) throw cause;
      const detail = cause instanceof Error ? cause.message : String(cause);
      throw new ApiError(`${what}: there are no credentials: ${detail}`, {
        hint: 'Try the same with kubectl, or look at the mounted token of the ServiceAccount.',
        cause,
      });
    }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = send(addressOf(base, request), options, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
    const { statusCode = 0 } = answer;
    if (statusCode >= 200 && statusCode < 300) return answer;
    const text = await textOf(answer);
    throw refusedRequest({
      what,
      status: statusCode,
      body: parsedOrText(text),
      retryAfter: answer.headers['retry-after'],
    });
  }

  return {
    url: base,
    async request(request) {
      const what = nameOf(request);
      const limit = limitTime(request.signal, timeoutMs);
      try {
        const text = await textOf(await open(request, what, limit.signal));
        return objectOf(text, what);
      } catch (error) {
        throw explained(error, what, base, limit.expired());
      } finally {
        limit.clear();
      }
    },
    async *stream(request, onOpen) {
      const what = nameOf(request);
      const limit = limitTime(request.signal, timeoutMs);
      let answer: IncomingMessage | undefined;
      try {
        answer = await open(request, what, limit.signal);
        // The stream itself may take as long as it likes.
        limit.clear();
        onOpen?.();
        yield* jsonLines(answer);
      } catch (error) {
        throw explained(error, what, base, limit.expired());
      } finally {
        limit.clear();
        answer?.destroy();
      }
    },
    close() {
      agent.destroy();
    },
  };
}

/** What a promise gives, or the signal's reason when that comes first. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}

/** A signal that the caller's or the clock sets off, whichever is first. */
function limitTime(signal: AbortSignal | undefined, timeoutMs: number) {
  const own = new AbortController();
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    own.abort();
  }, timeoutMs);
  timer.unref();
  return {
    signal: signal === undefined ? own.signal : AbortSignal.any([signal, own.signal]),
    expired: () => expired,
    clear: () => clearTimeout(timer),
  };
}

function headersOf({ accept, contentType }: ApiRequest, body: string | undefined) {
  const headers: { [name: string]: string | number } = {
    accept: accept ?? 'application/json',
    'user-agent': `outrigger/${packageInfo().version}`,
  };
  if (body !== undefined) {
    headers['content-type'] = contentType ?? 'application/json';
    headers['content-length'] = Buffer.byteLength(body);
  }
  return headers;
}

function addressOf(base: string, { path, query = {} }: ApiRequest): URL {
  const address = new URL(base + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) address.searchParams.set(name, value);
  }
  return address;
}

/** Such as `GET /api/v1/namespaces`, for messages. */
function nameOf({ method = 'GET', path }: ApiRequest): string {
  return `${method} ${path}`;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** The body of a refusal: usually a Status object, from a proxy in between perhaps a page. */
function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function objectOf(text: string, what: string): JsonObject {
  const value = parsedOrText(text);
  if (isJsonObject(value)) return value;
  throw new ApiError(`${what}: the answer is not a JSON object`, {
    hint: 'Something other than an API server may answer at this address.',
  });
}

function explained(error: unknown, what: string, url: string, expired: boolean): ApiError {
  if (error instanceof ApiError) return error;
  if (expired) {
    return unreachable(what, url, Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' }));
  }
  if (error instanceof SyntaxError) {
    return new ApiError(`${what}: ${error.message}`, { cause: error });
  }
  return unreachable(what, url, error);
}
