/**
 * The webhook's HTTPS server. Exports: {@link createWebhookServer}, {@link WebhookServer},
 * {@link WebhookOptions}, {@link WebhookApp}.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from 'node:https';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { CertificatePair } from '../certs/certificate-pair.ts';
import { trackConnections } from './connections.ts';
import { createEndpoint } from './endpoint.ts';
import { answerClientError, installErrorReplies } from './error-replies.ts';
import { installHealthRoutes, type Readiness } from './health-routes.ts';
import { installInjectRoutes, largestBody } from './inject-routes.ts';
import { logReviews } from './log-reviews.ts';
import type { PodInjector } from './review/review-pod.ts';
import { noRecorder, type ReviewRecorder, recorded, recordToAll } from './review-recorder.ts';
import { textHeaders } from './text-reply.ts';
import { tlsOptions } from './tls-options.ts';

/** The HTTP framework's application as this server sets it up. */
export type WebhookApp = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger
>;

/** What a webhook server is made of. */
export interface WebhookOptions {
  /** Gives the injector in force; asked for every request. Undefined while there is none. */
  readonly current: () => PodInjector | undefined;
  readonly certificate: CertificatePair;
  readonly logger: Logger;
  /** Told about every request, next to the log. */
  readonly recorder?: ReviewRecorder;
  /** What else has to be in order before requests should come; the server adds its own state. */
  readonly readiness?: Readiness;
}

/** A webhook server, not yet listening. */
export interface WebhookServer {
  /**
   * Starts to accept connections.
   *
   * @param port 0 for any free one
   * @returns the port in use
   * @throws the system's error when the address cannot be had
   */
  listen(host: string, port: number): Promise<number>;
  /** Serves new connections with another certificate; open ones keep the one they have. */
  setCertificate(pair: CertificatePair): void;
  /**
   * Stops: reports not ready, accepts no more connections, answers the requests under way and closes idle
   * connections.
   *
   * @param grace milliseconds after which connections that are still open are cut
   */
  stop(grace: number): Promise<void>;
}

/** Longer than the 90 s after which Go's HTTP client drops an idle connection, so that the client always goes first. */
const keepAliveTimeout = 120_000;
/** For the whole request; the headers alone have as long. */
const requestTimeout = 30_000;

/** Makes a webhook server. */
export function createWebhookServer(options: WebhookOptions): WebhookServer {
  const { logger } = options;
  const app = createApp(options.certificate);
  const connections = trackConnections(app.server);
  const recorder = recordToAll([logReviews(logger), options.recorder ?? noRecorder]);
  let state: 'starting' | 'listening' | 'stopping' = 'starting';

  // The framework only does this for requests that begin after the stop; those under way would keep their
  // connections open, and the server waiting.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (state === 'stopping') reply.header('connection', 'close');
    done(null, payload);
  });
  installErrorReplies(app, logger);
  installHealthRoutes(app, () => [
    ...(state === 'stopping' ? ['the server is shutting down'] : []),
    ...(options.readiness?.() ?? []),
  ]);
  installInjectRoutes(app, recorded(createEndpoint(options.current), recorder));
  app.server.headersTimeout = requestTimeout;
  // Port scans and probes that only connect end here; none of it is an error of ours.
  app.server.on('tlsClientError', (error) =>
    logger.debug({ error: error.message }, 'TLS handshake failed'),
  );

  return {
    async listen(host, port) {
      // For `localhost` the framework would open a second server, out of reach of setCertificate.
      await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port });
      state = 'listening';
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    setCertificate(pair) {
      app.server.setSecureContext(tlsOptions(pair));
    },
    async stop(grace) {
      state = 'stopping';
      const cut = setTimeout(() => connections.destroyAll(), grace);
      await app.close();
      clearTimeout(cut);
    },
  };
}

function createApp(certificate: CertificatePair): WebhookApp {
  const app: WebhookApp = fastify({
    https: tlsOptions(certificate),
    logger: false,
    keepAliveTimeout,
    requestTimeout,
    bodyLimit: largestBody,
    // A pod whose request is already on its way gets its answer; the framework would say 503.
    return503OnClosing: false,
    clientErrorHandler: answerClientError,
    exposeHeadRoutes: false,
    frameworkErrors(error, _, reply) {
      reply.raw.writeHead(400, textHeaders).end(`${error.message}\n`);
    },
  });
  for (const method of ['GET', 'HEAD', 'TRACE']) {
    app.addHttpMethod(method, { hasBody: true, overrideExisting: true });
  }
  return app;
}
