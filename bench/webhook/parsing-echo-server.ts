import { readFileSync } from 'node:fs';
import fastify from 'fastify';

/**
 * The ceiling of whoever has to read the pod: the echo, which reads each body's JSON and writes an answer with a patch
 * that is ready but for its text. There is nothing of injection in it.
 * Arguments: port, certificate, key, bytes of an answer's body.
 */
const [port = '', certificate = '', key = '', bytes = ''] = process.argv.slice(2);
const app = fastify({
  https: { cert: readFileSync(certificate), key: readFileSync(key), minVersion: 'TLSv1.2' },
});

/** A patch has three quarters of the bytes that it has in the answer, where it is in base64. */
const patchLength = Number(bytes) * 0.75;
const patch: unknown[] = [];
for (let at = 0; JSON.stringify(patch).length < patchLength; at++) patch.push(operation(at));

app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body));
app.get('/healthz', (_, reply) => reply.send('ok'));
app.post<{ Body: string }>('/inject', (request, reply) => {
  const { uid } = (JSON.parse(request.body) as { request: { uid: string } }).request;
  const text = Buffer.from(JSON.stringify(patch)).toString('base64');
  reply
    .header('content-type', 'application/json; charset=utf-8')
    .send(`{"response":{"uid":"${uid}","allowed":true,"patch":"${text}"}}`);
});
await app.listen({ host: '127.0.0.1', port: Number(port) });

function operation(at: number): unknown {
  return {
    op: 'add',
    path: `/spec/initContainers/${at}`,
    value: {
      name: `container-${at}`,
      image: `registry.example/container:${at}`,
      env: [
        { name: 'MODE', value: 'REDIRECT' },
        { name: 'POD_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
      securityContext: { runAsUser: 1337, privileged: false },
    },
  };
}
