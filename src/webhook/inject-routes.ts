import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { drainBody } from './drain-body.ts';
import type { Endpoint, EndpointReply, EndpointRequest } from './endpoint.ts';
import { ReviewError } from './review/review-error.ts';
import type { WebhookApp } from './server.ts';
import { textHeaders } from './text-reply.ts';
import { timeoutOf } from './timeout-query.ts';

/** The largest body that is read, in bytes (`pkg/kube/util.go`). */
export const largestBody = 6 * 1024 * 1024;
/** How much of a refused body is read before the connection is closed on the sender. */
const largestRefusedBody = 8 * largestBody;

/**
 * Serves the endpoint at `/inject` and everything below, whatever the method (`pkg/kube/inject/webhook.go`
 * does not look at it).
 */
export function installInjectRoutes(app: WebhookApp, endpoint: Endpoint): void {
  app.register(async (scope) => {
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
          send(reply, endpoint(toEndpointRequest(request, body)));
        },
      });
    }
  });
}

function toEndpointRequest(request: FastifyRequest, body: string | ReviewError): EndpointRequest {
  const rest = (request.params as { readonly '*'?: string })['*'];
  return {
    path: rest === undefined ? '/inject' : `/inject/${rest}`,
    contentType: request.headers['content-type'],
    body,
    deadline: timeoutOf(request.url),
  };
}

function send(reply: FastifyReply, { status, type, text }: EndpointReply): FastifyReply {
  if (status !== 200) reply.code(status);
  if (type === 'json') reply.header('content-type', 'application/json; charset=utf-8');
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
