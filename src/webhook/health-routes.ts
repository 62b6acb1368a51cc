import type { FastifyReply } from 'fastify';
import type { WebhookApp } from './server.ts';
import { textHeaders } from './text-reply.ts';

/** Says why the server should get no requests yet, or any more; empty when it is ready. */
export type Readiness = () => readonly string[];

/**
 * Serves `/healthz` (the process runs) and `/readyz` (it should get requests), and the latter as `/ready`,
 * too, where Istio's own manifests look for it.
 */
export function installHealthRoutes(app: WebhookApp, readiness: Readiness): void {
  const answer = (reply: FastifyReply) => {
    const reasons = readiness();
    reply.code(reasons.length === 0 ? 200 : 503).headers(textHeaders);
    return reply.send(reasons.length === 0 ? 'ok\n' : `not ready: ${reasons.join('; ')}\n`);
  };
  app.get('/healthz', (_, reply) => reply.headers(textHeaders).send('ok\n'));
  app.get('/readyz', (_, reply) => answer(reply));
  app.get('/ready', (_, reply) => answer(reply));
}
