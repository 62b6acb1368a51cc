import { OutriggerError } from '../../errors.ts';
import { inputName, isUrl } from './input-names.ts';

/** How much is fetched from a URL, and how long that may take. */
export interface FetchLimits {
  readonly timeoutMs: number;
  readonly bytes: number;
}

const usualLimits: FetchLimits = { timeoutMs: 30_000, bytes: 64 * 1024 * 1024 };
const mostRedirects = 10;

/**
 * Fetches a manifest over HTTP, piece by piece. Redirects are followed, but only to HTTP again, and a password
 * in the URL only goes to the server that it was meant for.
 *
 * @throws OutriggerError `OUTRIGGER_FILE` when there is no answer in time, or one that is no manifest
 */
export async function* fetchInput(
  url: string,
  limits: FetchLimits = usualLimits,
): AsyncGenerator<Uint8Array> {
  const signal = AbortSignal.timeout(limits.timeoutMs);
  try {
    const response = await follow(url, signal);
    let size = 0;
    for await (const piece of response.body ?? []) {
      size += piece.length;
      if (size > limits.bytes) {
        throw refusal(url, `the answer is larger than ${limits.bytes / 1024 / 1024} MiB`);
      }
      yield piece;
    }
  } catch (error) {
    if (error instanceof OutriggerError) throw error;
    throw refusal(url, reason(error, limits), error);
  }
}

async function follow(start: string, signal: AbortSignal): Promise<Response> {
  let url = parsed(start, start);
  const authorization = basicAuthorization(url);
  const { origin } = url;
  for (let left = mostRedirects; left >= 0; left--) {
    // fetch() refuses URLs with a password in them.
    url.username = '';
    url.password = '';
    const headers = authorization !== undefined && url.origin === origin ? { authorization } : {};
    const response = await fetch(url, { redirect: 'manual', signal, headers });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      if (response.ok) return response;
      await response.body?.cancel();
      throw refusal(start, `the server answered ${response.status} ${response.statusText}`.trim());
    }
    await response.body?.cancel();
    const next = parsed(location, start, url);
    if (!isUrl(next.href)) throw refusal(start, `it redirects to ${next.protocol}, not to HTTP`);
    url = next;
  }
  throw refusal(start, `it redirects more than ${mostRedirects} times`);
}

function parsed(text: string, start: string, base?: URL): URL {
  try {
    return new URL(text, base);
  } catch (error) {
    throw refusal(start, base ? 'it redirects to something that is no URL' : 'not a URL', error);
  }
}

function basicAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function reason(error: unknown, { timeoutMs }: FetchLimits): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no complete answer in ${timeoutMs / 1000} seconds`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  // Of several addresses that were tried, the error has a code but no message.
  return cause?.message || cause?.code || error.message;
}

function refusal(url: string, why: string, cause?: unknown): OutriggerError {
  return new OutriggerError('OUTRIGGER_FILE', `cannot fetch ${inputName(url)}: ${why}`, {
    hint: 'Check the URL, or download the manifest and name the file.',
    ...(cause !== undefined && { cause }),
  });
}
