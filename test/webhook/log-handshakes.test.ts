import type { TLSSocket } from 'node:tls';
import { expect, test, vi } from 'vitest';
import { logHandshakeFailures } from '../../src/webhook/log-handshakes.ts';
import { keepLines } from '../kube/log-lines.ts';

const socket = { remoteAddress: '10.0.0.1' } as TLSSocket;
const failure = (code: string) => Object.assign(new Error(code.toLowerCase()), { code });

test('a client that refuses the certificate is a warning, and the next ones a number in the next warning', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  try {
    const { logger, lines } = keepLines();
    const log = logHandshakeFailures(logger);
    const warnings = () => lines.filter(({ level }) => level === 'warn');
    log(failure('ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE'), socket);
    log(failure('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), socket);
    log(failure('ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED'), socket);
    expect(warnings()).toMatchObject([
      { msg: 'a client does not trust the certificate', client: '10.0.0.1', times: 1 },
    ]);
    vi.advanceTimersByTime(6 * 60_000);
    log(failure('ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'), socket);
    expect(warnings()[1]).toMatchObject({ times: 3 });
  } finally {
    vi.useRealTimers();
  }
});

test('a probe that only connects is nothing to talk about', () => {
  const { logger, lines } = keepLines();
  logHandshakeFailures(logger)(failure('ECONNRESET'), socket);
  expect(lines).toMatchObject([{ level: 'debug', msg: 'TLS handshake failed' }]);
});
