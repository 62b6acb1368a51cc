import { readFileSync } from 'node:fs';
import fastify from 'fastify';

/**
 * The ceiling: the same framework with the same TLS, which reads each body and answers with a fixed text.
 * Arguments: port, certificate, key, bytes of an answer's body.
 */
const [port = '', certificate = '', key = '', bytes = ''] = process.argv.slice(2);
const app = fastify({
  https: { cert: readFileSync(certificate), key: readFileSync(key), minVersion: 'TLSv1.2' },
});
const answer = 'x'.repeat(Number(bytes));
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
app.get('/healthz', (_, reply) => reply.send('ok'));
app.post('/inject', (_, reply) => {
  reply.header('content-type', 'application/json; charset=utf-8').send(answer);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });
