/**
 * The webhook's HTTPS server. Exports: {@link createWebhookServer}, {@link WebhookServer},
 * {@link WebhookOptions}, {@link WebhookApp}.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, ServerOptions } from 'node:https';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { CertificatePair } from '../certs/certificate-pair.ts';
import type { AnswerCache } from './answers/answer-cache.ts';
import { trackConnections } from './connections.ts';
import { createEndpoint } from './endpoint.ts';
import { answerClientError, installErrorReplies } from './error-replies.ts';
import { installHealthRoutes, type Readiness } from './health-routes.ts';
import { installInjectRoutes, largestBody } from './inject-routes.ts';
import { logHandshakeFailures } from './log-handshakes.ts';
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
  /**
   * PEM text: requests for injection need a client certificate of one of these authorities. Health is for
   * everybody. Undefined to ask nobody for one.
   */
  readonly clientAuthorities?: string | undefined;
  readonly logger: Logger;
  /** Told about every request, next to the log. */
  readonly recorder?: ReviewRecorder;
  /** What else has to be in order before requests should come; the server adds its own state. */
  readonly readiness?: Readiness;
  /** How far the event loop may fall behind on average before requests are turned away, in milliseconds. */
  readonly longestDelay?: number;
  /** Keeps answers for pods that are equal but for what does not matter; every one is worked out without it. */
  readonly answers?: AnswerCache | undefined;
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
  /** Verifies the certificates of new clients against others. Only for a server that was made with some. */
  setClientAuthorities(pem: string): void;
  /** Why requests should not come; empty when they should. */
  readiness(): readonly string[];
  /**
   * Begins to stop: reports not ready, and goes on answering. Connections are closed after their next answer,
   * so that clients move to other replicas by and by.
   */
  drain(): void;
  /**
   * Stops: reports not ready, accepts no more connections, answers the requests under way and closes idle
   * connections.
   *
   * @param grace milliseconds after which connections that are still open are cut
   */
  stop(grace: number): Promise<void>;
}

/**
 * A request waits for about as long in every stage that it goes through, and the API server usually gives it ten
 * seconds.
 */
const defaultLongestDelay = 1000;
/** Longer than the 90 s after which Go's HTTP client drops an idle connection, so that the client always goes first. */
const keepAliveTimeout = 120_000;
/** For the whole request; the headers alone have as long. */
const requestTimeout = 30_000;
/** How often the two are looked at; the default would make them twice as long. */
const timeoutCheck = 5_000;
/** API servers send a handful of headers. */
const mostHeaders = 100;
const largestHeaders = 16 * 1024;
/** Each API server has at most some hundreds of requests under way, one per connection. */
const mostConnections = 4000;

/** Makes a webhook server. */
export function createWebhookServer(options: WebhookOptions): WebhookServer {
  const { logger } = options;
  let { certificate, clientAuthorities } = options;
  const app = createApp(tlsOptions(certificate, clientAuthorities));
  const connections = trackConnections(app.server);
  const recorder = recordToAll([logReviews(logger), options.recorder ?? noRecorder]);
  let stopping = false;

  // The framework only does this for requests that begin after the stop; those under way would keep their
  // connections open, and the server waiting.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (stopping) reply.header('connection', 'close');
    done(null, payload);
  });
  installErrorReplies(app, logger);
  const readiness = () => [
    ...(stopping ? ['the server is shutting down'] : []),
    ...(options.readiness?.() ?? []),
  ];
  installHealthRoutes(app, readiness);
  installInjectRoutes(app, recorded(createEndpoint(options.current, options.answers), recorder), {
    clientCertificates: clientAuthorities !== undefined,
    longestDelay: options.longestDelay ?? defaultLongestDelay,
    isStopping: () => stopping,
  });
  app.server.headersTimeout = requestTimeout;
  app.server.maxHeadersCount = mostHeaders;
  app.server.maxConnections = mostConnections;
  app.server.on('drop', () =>
    logger.warn({ connections: mostConnections }, 'too many connections: a new one was refused'),
  );
  app.server.on('tlsClientError', logHandshakeFailures(logger));

  return {
    readiness,
    async listen(host, port) {
      // For `localhost` the framework would open a second server, out of reach of setCertificate.
      await app.listen({ host: host === 'localhost' ? '127.0.0.1' : host, port });
      const address = app.server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    setCertificate(pair) {
      certificate = pair;
      app.server.setSecureContext(tlsOptions(certificate, clientAuthorities));
    },
    setClientAuthorities(pem) {
      clientAuthorities = pem;
      app.server.setSecureContext(tlsOptions(certificate, clientAuthorities));
    },
    drain() {
      stopping = true;
    },
    async stop(grace) {
      stopping = true;
      const cut = setTimeout(() => {
        const count = connections.destroyAll();
        logger.warn(
          { connections: count, graceMs: grace },
          'the time to finish is over: connections were cut, and their requests are not answered',
        );
      }, grace);
      await app.close();
      clearTimeout(cut);
    },
  };
}

function createApp(tls: ServerOptions): WebhookApp {
  const app: WebhookApp = fastify({
    https: {
      ...tls,
      maxHeaderSize: largestHeaders,
      connectionsCheckingInterval: timeoutCheck,
    },
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
