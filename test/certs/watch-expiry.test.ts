import { expect, test } from 'vitest';
import type { CertificateStatus } from '../../src/certs/certificate-source.ts';
import { day, hour, later } from '../../src/certs/clock.ts';
import { watchExpiry } from '../../src/certs/watch-expiry.ts';
import { keepLines } from '../kube/log-lines.ts';
import { TestClock } from './test-clock.ts';

function watch(first: CertificateStatus) {
  const clock = new TestClock();
  const log = keepLines();
  const state = { status: first };
  const end = watchExpiry(() => state.status, { clock, logger: log.logger });
  return {
    ...{ clock, lines: log.lines, state, end },
    pass(milliseconds: number) {
      for (let passed = 0; passed < milliseconds; passed += hour) clock.advance(hour);
    },
  };
}

const start = new TestClock().now();
const lasting = (milliseconds: number, from = start) => ({
  notBefore: from,
  notAfter: later(from, milliseconds),
});

test('a certificate that nobody renews is warned of once, with a sixth of its life to go', () => {
  const { pass, lines } = watch({ serving: lasting(6 * day), authority: undefined });
  pass(5 * day - hour);
  expect(lines).toEqual([]);
  pass(hour);
  expect(lines).toMatchObject([
    {
      level: 'warn',
      msg: 'the serving certificate expires soon, and has not been renewed',
      hoursLeft: 24,
      notAfter: later(start, 6 * day).toISOString(),
    },
  ]);
  pass(2 * day);
  expect(lines).toHaveLength(1);
});

test('one that is renewed in time is not, and the next one is looked after likewise', () => {
  const { pass, lines, state } = watch({ serving: lasting(6 * day), authority: undefined });
  pass(4 * day);
  state.status = { serving: lasting(6 * day, later(start, 4 * day)), authority: undefined };
  pass(4 * day);
  expect(lines).toEqual([]);
  pass(2 * day);
  expect(lines).toHaveLength(1);
});

test('the authority counts, too, and a month is notice enough', () => {
  const { pass, lines, end, clock } = watch({ serving: undefined, authority: lasting(730 * day) });
  pass(699 * day);
  expect(lines).toEqual([]);
  pass(day);
  expect(lines).toMatchObject([
    { msg: 'the certificate authority expires soon, and has not been renewed', hoursLeft: 720 },
  ]);
  end();
  expect(clock.next).toBeUndefined();
});
