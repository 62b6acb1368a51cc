import type { TLSSocket } from 'node:tls';
import underPressure from '@fastify/under-pressure';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { drainBody } from './drain-body.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from './endpoint.ts';
import { detectOverload, sampleInterval } from './overload.ts';
import { ReviewError } from './review/review-error.ts';
import type { WebhookApp } from './server.ts';
import { textHeaders } from './text-reply.ts';
import { timeoutOf } from './timeout-query.ts';
import type { TurnedAway } from './turned-away.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** When the head of the request was read, on the clock of `performance.now()`. */
    arrived: number;
  }
}

/** The largest body that is read, in bytes (`pkg/kube/util.go`). */
export const largestBody = 6 * 1024 * 1024;
const jsonType = 'application/json; charset=utf-8';
/** How much of a refused body is read before the connection is closed on the sender. */
const largestRefusedBody = 8 * largestBody;

/**
 * Serves the endpoint at `/inject` and everything below, whatever the method (`pkg/kube/inject/webhook.go`
 * does not look at it).
 */
export function installInjectRoutes(
  app: WebhookApp,
  endpoint: Endpoint,
  options: {
    /** Whether clients have to show a certificate. */
    readonly clientCertificates: boolean;
    /** How far the event loop may fall behind on average, in milliseconds. */
    readonly longestDelay: number;
    /** Whether connections are to be closed after their next answer. */
    readonly isStopping: () => boolean;
  },
): void {
  app.register(async (scope) => {
    // The plugin only measures. What it would answer by itself would be missing in log and metrics.
    await scope.register(underPressure, {
      maxEventLoopDelay: options.longestDelay,
      sampleInterval,
      pressureHandler() {},
    });
    const isOverloaded = detectOverload(
      () => scope.isUnderPressure(),
      () => performance.now(),
    );
    scope.decorateRequest('arrived', 0);
    scope.addHook('onRequest', (request, reply, done) => {
      request.arrived = performance.now();
      const refusal = options.clientCertificates ? refuseClient(request) : undefined;
      // Strangers need not send us their bodies.
      if (refusal === undefined) done();
      else send(reply.header('connection', 'close'), endpoint(toEndpointRequest(request, refusal)));
    });
    // Bodies go to the endpoint as text, which parses them once and minds the content type itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      '*',
      { parseAs: 'string', bodyLimit: largestBody },
      (_, body, done) => {
        done(null, body);
      },
    );
    scope.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const body = await refusedBody(error, request);
      return send(reply, endpoint(toEndpointRequest(request, body)));
    });
    for (const url of ['/inject', '/inject/*']) {
      scope.route({
        method: app.supportedMethods,
        url,
        handler(request, reply) {
          const body = typeof request.body === 'string' ? request.body : '';
          const turnedAway = isOverloaded() ? 'overloaded' : undefined;
          const answer = endpoint(toEndpointRequest(request, body, turnedAway));
          if (answer.ascii) sendAscii(reply, answer.text, options.isStopping());
          else send(reply, answer);
        },
      });
    }
  });
}

/** Nothing when the client has shown a certificate that was verified. */
function refuseClient({ raw }: FastifyRequest): ReviewError | undefined {
  const socket = raw.socket as TLSSocket;
  if (socket.authorized) return undefined;
  const shown = socket.getPeerX509Certificate() !== undefined;
  const message = shown
    ? `the client certificate is not accepted: ${socket.authorizationError}`
    : 'a client certificate is required';
  return new ReviewError('client-certificate', message);
}

function toEndpointRequest(
  request: FastifyRequest,
  body: string | ReviewError,
  turnedAway?: TurnedAway,
): EndpointRequest {
  const deadline = timeoutOf(request.url);
  const late = deadline !== undefined && performance.now() - request.arrived > deadline;
  const rest = (request.params as { readonly '*'?: string })['*'];
  return {
    path: rest === undefined ? '/inject' : `/inject/${rest}`,
    contentType: request.headers['content-type'],
    body,
    deadline,
    turnedAway: late ? 'too-late' : turnedAway,
  };
}

/**
 * Past the framework, which would count the bytes of the text, and have it encoded: together with encryption these are
 * most of what an answer from memory takes.
 */
function sendAscii(reply: FastifyReply, text: string, isLast: boolean): void {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(isLast && { connection: 'close' }),
    'content-type': jsonType,
    'content-length': text.length,
  });
  reply.raw.end(text, 'latin1');
}

function send(reply: FastifyReply, { status, type, text, tryAgain }: EndpointReply): FastifyReply {
  if (status !== 200) reply.code(status);
  // The API server does try again after that time, if its own deadline allows.
  if (tryAgain) reply.headers({ 'retry-after': '1', connection: 'close' });
  if (type === 'json') reply.header('content-type', jsonType);
  else reply.headers(textHeaders);
  return reply.send(text);
}

/**
 * What the endpoint is to be told about a body that the framework did not hand over: too large, cut off, or
 * of a content type that it could not make sense of, where an empty body is still the first thing to mention.
 */
async function refusedBody(
  error: FastifyError,
  request: FastifyRequest,
): Promise<string | ReviewError> {
  const bytes = await drainBody(request.raw, largestRefusedBody);
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' || bytes > largestBody) {
    return new ReviewError('body-too-large', `Request entity too large: limit is ${largestBody}`);
  }
  if (
    error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ||
    error.code === 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE'
  ) {
    // The endpoint refuses the content type before it looks at the text.
    return bytes === 0 ? '' : '?';
  }
  return new ReviewError('body-unreadable', `the body cannot be read: ${error.message}`);
}
