import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../../src/kube/api-error.ts';
import { TroubleLog } from '../../src/kube/trouble-log.ts';
import { keepLines } from './log-lines.ts';

let log: ReturnType<typeof keepLines>;
let troubles: TroubleLog;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  log = keepLines();
  troubles = new TroubleLog(log.logger);
});
afterEach(() => void vi.useRealTimers());

const minute = 60_000;
const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
const said = () => log.lines.filter(({ level }) => level !== 'debug');

function away(path: string): ApiError {
  const message = `GET ${path}: the API server at https://there cannot be reached: nothing listens there`;
  return new ApiError(message, { hint: 'It may be restarting; else check the address.' });
}

test('what keeps everything from being read is said in one line, and so is its end', () => {
  const readers = ['namespaces', 'nodes', 'ConfigMap a/b'].map((name) => troubles.reader(name));
  for (const [index, reader] of readers.entries()) reader.failed(away(`/${index}`), 250);
  expect(said()).toEqual([]);
  pass(1000);
  expect(said()).toMatchObject([
    {
      level: 'warn',
      msg: 'the cluster cannot be read; what was last known of it holds',
      resources: ['namespaces', 'nodes', 'ConfigMap a/b'],
      error: 'the API server at https://there cannot be reached: nothing listens there',
      hint: 'It may be restarting; else check the address.',
      retryMs: 250,
    },
  ]);
  for (const reader of readers) reader.failed(away('/x'), 500);
  pass(minute);
  expect(said()).toHaveLength(1);
  for (const reader of readers) reader.worked();
  pass(2000);
  expect(said()[1]).toMatchObject({
    level: 'info',
    msg: 'the cluster can be read again',
    forSeconds: 62,
  });
  expect(said()).toHaveLength(2);
});

test('different reasons are said apart, with the resource', () => {
  const forbidden = (what: string) =>
    new ApiError(`GET /${what}: ${what} is forbidden`, { status: 403 });
  for (const name of ['nodes', 'namespaces']) troubles.reader(name).failed(forbidden(name), 250);
  pass(1000);
  expect(said()).toMatchObject([
    { resource: 'nodes', error: 'GET /nodes: nodes is forbidden', msg: 'nodes cannot be read' },
    { resource: 'namespaces', msg: 'namespaces cannot be read' },
  ]);
});

test('what stays broken is said again every five minutes, together', () => {
  const readers = ['namespaces', 'nodes'].map((name) => troubles.reader(name));
  for (let second = 0; second < 16 * 60; second += 10) {
    for (const reader of readers) reader.failed(away('/x'), 10_000);
    pass(10_000);
  }
  expect(said().map(({ forSeconds }) => forSeconds)).toEqual([
    undefined,
    expect.closeTo(310, -2),
    expect.closeTo(620, -2),
    expect.closeTo(930, -2),
  ]);
});

test('a hiccup is no line, and what works only for a moment is not said to work', () => {
  const reader = troubles.reader('nodes');
  reader.failed(away('/nodes'), 250);
  reader.worked();
  expect(reader.problem).toBeUndefined();
  pass(minute);
  expect(said()).toEqual([]);

  reader.failed(away('/nodes'), 250);
  pass(1000);
  reader.worked();
  pass(500);
  reader.failed(away('/nodes'), 250);
  pass(2000);
  expect(reader.problem).toContain('nothing listens there');
  expect(said()).toMatchObject([{ msg: 'nodes cannot be read' }]);
});

test('silent watches are a warning, now and then', () => {
  for (let count = 0; count < 12; count++) {
    troubles.reader('nodes').stalled(150_000);
    pass(minute);
  }
  expect(said()).toHaveLength(3);
  expect(said()[0]).toMatchObject({
    level: 'warn',
    msg: 'a watch fell silent and is begun anew',
    resource: 'nodes',
    silentSeconds: 150,
  });
});
