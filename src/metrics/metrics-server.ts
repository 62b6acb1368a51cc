import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { textHeaders } from '../webhook/text-reply.ts';

/** What is served beside the webhook, over plain HTTP. */
export interface MetricsServerOptions {
  /** Why requests should not come to the webhook; empty when they should. */
  readonly readiness: () => readonly string[];
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** How many requests have come to the webhook. */
  readonly requests?: () => number;
}

/** A server for metrics and health, not yet listening. */
export interface MetricsServer {
  /**
   * @param port 0 for any free one
   * @returns the port in use
   * @throws the system's error when the address cannot be had
   */
  listen(host: string, port: number): Promise<number>;
  stop(): Promise<void>;
}

/** Scrapers and probes, and somebody who looks; nobody else has business here. */
const mostConnections = 64;

/**
 * Serves `/metrics`, and health as the webhook's own port does: `/healthz`, `/readyz` and `/ready`. Plain HTTP, so
 * that probes work before there is a certificate.
 */
export function createMetricsServer(options: MetricsServerOptions): MetricsServer {
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      response.writeHead(500, textHeaders).end(`metrics cannot be read: ${text}\n`);
    });
  });
  server.maxConnections = mostConnections;
  return {
    listen(host, port) {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host, port }, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      });
    },
    stop() {
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

async function answer(
  { readiness, text, contentType, requests }: MetricsServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method } = request;
  if (method !== 'GET' && method !== 'HEAD') {
    response.writeHead(405, { ...textHeaders, allow: 'GET, HEAD' }).end('only GET\n');
    return;
  }
  const [path] = (request.url ?? '').split('?');
  switch (path) {
    case '/metrics': {
      const metrics = await text();
      response.writeHead(200, { 'content-type': contentType }).end(metrics);
      return;
    }
    case '/requests':
      // For `outrigger doctor`, which reads JSON through the API server.
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`${JSON.stringify({ total: requests?.() ?? 0 })}\n`);
      return;
    case '/healthz':
      response.writeHead(200, textHeaders).end('ok\n');
      return;
    case '/readyz':
    case '/ready': {
      const reasons = readiness();
      const ready = reasons.length === 0;
      response
        .writeHead(ready ? 200 : 503, textHeaders)
        .end(ready ? 'ok\n' : `not ready: ${reasons.join('; ')}\n`);
      return;
    }
    default:
      response.writeHead(404, textHeaders).end('there are /metrics, /healthz and /readyz\n');
  }
}
