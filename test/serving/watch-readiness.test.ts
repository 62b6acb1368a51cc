import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchReadiness } from '../../src/cli/serve/watch-readiness.ts';
import { keepLines } from '../kube/log-lines.ts';

let log: ReturnType<typeof keepLines>;
let reasons: string[];
let announced: number;
let end: () => void;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  log = keepLines();
  reasons = [];
  announced = 0;
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

const start = () => {
  end = watchReadiness(
    () => reasons,
    log.logger,
    () => {
      announced++;
    },
  );
};
const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);
const said = () => log.lines.map(({ level, msg }) => `${level} ${msg}`);

test('a server that is ready at once is announced at once, and once', () => {
  start();
  expect(announced).toBe(1);
  pass(1000);
  expect([announced, said()]).toEqual([1, []]);
});

test('while it starts, it says what it waits for whenever that changes', () => {
  reasons = ['waiting for namespaces to be read'];
  start();
  pass(1);
  reasons = ['waiting for nodes to be read'];
  pass(1);
  expect(said()).toEqual(['info not ready yet', 'info not ready yet']);
  expect(log.lines[1]).toMatchObject({ reasons });
  reasons = [];
  pass(1);
  expect([announced, said().length]).toEqual([1, 2]);
});

test('one that takes too long to start warns, and reminds', () => {
  reasons = ['waiting for ConfigMap a/b to be created'];
  start();
  pass(11);
  expect(said()).toEqual(['info not ready yet', 'warn still not ready']);
  expect(log.lines[1]).toMatchObject({ reasons, forSeconds: 10 });
  pass(280);
  expect(said()).toHaveLength(2);
  pass(30);
  expect(said()).toHaveLength(3);
});

test('one that is no longer ready says why, reminds, and says when it is ready again', () => {
  start();
  reasons = ['the serving certificate has expired'];
  pass(1);
  expect(said()).toEqual(['warn no longer ready']);
  expect(log.lines[0]).toMatchObject({ reasons });
  pass(301);
  expect(said()).toEqual(['warn no longer ready', 'warn still not ready']);
  reasons = [];
  pass(1);
  expect(log.lines.at(-1)).toMatchObject({ level: 'info', msg: 'ready again', forSeconds: 302 });
  expect(announced).toBe(1);
});
