import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { OutriggerError } from '../../errors.ts';

/** Like the API server's own patience. */
const timeoutMs = 10_000;
/** No honest answer is larger; the rest of a dishonest one is not read. */
const largestAnswer = 32 * 1024 * 1024;

/** An HTTP answer, body as text. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * Posts JSON text to a webhook. The server's certificate is not checked when the URL names this very machine,
 * because the certificate is then most likely self-signed and nobody sits in between.
 *
 * @param certificateAuthority PEM; instead of the system's list
 * @throws OutriggerError `OUTRIGGER_SERVER` when there is no answer
 */
export function postReview(
  url: URL,
  body: string,
  certificateAuthority?: string,
): Promise<HttpAnswer> {
  const options = {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    timeout: timeoutMs,
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(unreachable(url, error));
    const onAnswer = (answer: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > largestAnswer) answer.destroy(new Error('the answer is too large'));
      });
      answer.on('error', fail);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    };
    const outgoing =
      url.protocol === 'http:'
        ? httpRequest(url, options, onAnswer)
        : httpsRequest(
            url,
            {
              ...options,
              rejectUnauthorized:
                certificateAuthority !== undefined || !isThisMachine(url.hostname),
              ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
            },
            onAnswer,
          );
    outgoing.on('timeout', () =>
      outgoing.destroy(new Error(`no answer within ${timeoutMs / 1000} s`)),
    );
    outgoing.on('error', fail);
    outgoing.end(body);
  });
}

/** Whether a host name of a URL can only mean the machine that this runs on. */
export function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function unreachable(url: URL, error: NodeJS.ErrnoException): OutriggerError {
  const nobody = error.code === 'ECONNREFUSED';
  const untrusted = /CERT|SELF_SIGNED|VERIFY|ALTNAME/.test(error.code ?? '');
  return new OutriggerError(
    'OUTRIGGER_SERVER',
    nobody
      ? `nobody listens at ${url.origin}`
      : `${url.origin} cannot be reached: ${detail(error)}`,
    {
      hint: nobody
        ? "Start the webhook with 'outrigger serve', or say where it runs with --url."
        : untrusted
          ? 'Name the file with its certificate authority with --ca-file.'
          : 'Check --url; the port of a webhook is 15017 unless it was told otherwise.',
      cause: error,
    },
  );
}

/** Node wraps the errors of several addresses into one that says nothing itself. */
function detail(error: NodeJS.ErrnoException): string {
  return error.message || error.code || 'unknown error';
}
