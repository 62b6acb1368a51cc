import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError } from 'fastify';
import type { Logger } from 'pino';
import type { WebhookApp } from './server.ts';
import { textHeaders } from './text-reply.ts';

/** Gives everything that goes wrong outside of the injection endpoint a short answer in plain text. */
export function installErrorReplies(app: WebhookApp, logger: Logger): void {
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).headers(textHeaders).send('not found: the webhook is at /inject\n'),
  );
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      logger.error(
        { method: request.method, stack: error.stack },
        'a request could not be answered',
      );
    }
    return reply
      .code(status)
      .headers(textHeaders)
      .send(`${status >= 500 ? 'internal error' : error.message}\n`);
  });
}

/**
 * Answers what Node cannot read as HTTP. The bytes that came are neither answered nor logged: they can be
 * anything, and the sender may be anybody.
 */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
      ? 408
      : error.code === 'HPE_HEADER_OVERFLOW'
        ? 431
        : 400;
  const reason = STATUS_CODES[status] ?? 'Bad Request';
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${reason}\r\nContent-Type: ${textHeaders['content-type']}\r\n` +
        `X-Content-Type-Options: nosniff\r\nContent-Length: ${reason.length + 1}\r\nConnection: close\r\n\r\n${reason}\n`,
    );
  }
  socket.destroySoon();
}
