import { type Agent, type RequestOptions, request } from 'node:https';
import { pino } from 'pino';
import type { CertificatePair } from '../../src/certs/certificate-pair.ts';
import { selfSignedCertificate } from '../../src/certs/self-signed.ts';
import {
  createWebhookServer,
  type WebhookOptions,
  type WebhookServer,
} from '../../src/webhook/server.ts';
import { FakeInjector } from './fake-injector.ts';

let certificate: Promise<CertificatePair> | undefined;

/** One certificate for all tests of a file: making one takes a while. */
export function testCertificate(): Promise<CertificatePair> {
  certificate ??= selfSignedCertificate(['localhost', '127.0.0.1'], new Date());
  return certificate;
}

export interface TestServer {
  readonly server: WebhookServer;
  readonly injector: FakeInjector;
  readonly port: number;
  /** Every log line, parsed. */
  readonly log: { [field: string]: unknown }[];
}

export async function startTestServer(options: Partial<WebhookOptions> = {}): Promise<TestServer> {
  const injector = new FakeInjector();
  const log: TestServer['log'] = [];
  const server = createWebhookServer({
    current: () => injector,
    certificate: await testCertificate(),
    logger: pino({ level: 'debug', base: null }, { write: (line) => log.push(JSON.parse(line)) }),
    ...options,
  });
  const port = await server.listen('127.0.0.1', 0);
  return { server, injector, port, log };
}

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly text: string;
}

/** Sends a request over HTTPS; `body` goes out as it is. Content type defaults to JSON, `null` sends none. */
export function send(
  port: number,
  options: {
    path?: string;
    method?: string;
    body?: string | Buffer;
    contentType?: string | null;
    agent?: Agent;
    tls?: RequestOptions;
  },
): Promise<Answer> {
  const {
    path = '/inject',
    method = 'POST',
    body = '',
    contentType = 'application/json',
  } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        rejectUnauthorized: false,
        headers: {
          ...(contentType === null ? {} : { 'content-type': contentType }),
          'content-length': Buffer.byteLength(body),
        },
        ...(options.agent === undefined ? {} : { agent: options.agent }),
        ...options.tls,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
