import { expect, test } from 'vitest';
import { createSecretStore } from '../../src/certs/authority/secret-store.ts';
import { createFailureLog } from '../../src/certs/failure-log.ts';
import { ApiError } from '../../src/kube/api-error.ts';
import { keepLines } from '../kube/log-lines.ts';
import { FakeCluster } from './fake-cluster.ts';

const sentences = { fails: 'it does not work', works: 'it works again' };

test('a Secret that may not be read is told with the right that is missing, and the way without it', async () => {
  const cluster = new FakeCluster();
  cluster.refuse = ({ method = 'GET', path }) =>
    new ApiError(`${method} ${path}: secrets "ca" is forbidden`, { status: 403 });
  const store = createSecretStore(cluster.api, 'here', 'ca');
  const { logger, lines } = keepLines();
  const log = createFailureLog(logger, sentences);
  const errors = [await caught(store.read()), await caught(store.create(new Map()))];
  for (const [index, error] of errors.entries()) log.failed(error, index + 1);
  expect(lines).toMatchObject([
    {
      level: 'warn',
      msg: 'it does not work; trying again',
      error: expect.stringContaining('is forbidden'),
      hint: expect.stringMatching(/the right to get Secret here\/ca .* --tlsCertFile/),
    },
    { level: 'warn', hint: expect.stringContaining('the right to create Secret here/ca') },
  ]);
});

test('an API server that is away is left to those who watch it', () => {
  const { logger, lines } = keepLines();
  const log = createFailureLog(logger, sentences);
  for (let failures = 1; failures < 50; failures++) {
    log.failed(new ApiError('GET /x: the API server cannot be reached'), failures);
  }
  log.worked();
  expect(new Set(lines.map(({ level }) => level))).toEqual(new Set(['debug']));
});

function caught(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
