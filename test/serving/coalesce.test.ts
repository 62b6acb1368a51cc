import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { coalesce } from '../../src/serving/coalesce.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const times = { quietMs: 100, mostMs: 500 };

test('work that is asked for often is done once, when it has become quiet', () => {
  const work = vi.fn();
  const soon = coalesce(work, times);
  for (let count = 0; count < 4; count++) {
    soon.ask();
    vi.advanceTimersByTime(90);
  }
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10);
  expect(work).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledOnce();
});

test('work is not put off for ever', () => {
  const work = vi.fn();
  const soon = coalesce(work, times);
  for (let count = 0; count < 11; count++) {
    soon.ask();
    vi.advanceTimersByTime(50);
  }
  expect(work).toHaveBeenCalledOnce();
});

test('work can be done at once, and not at all', () => {
  const work = vi.fn();
  const soon = coalesce(work, times);
  soon.flush();
  expect(work).not.toHaveBeenCalled();
  soon.ask();
  soon.flush();
  expect(work).toHaveBeenCalledOnce();
  soon.ask();
  soon.stop();
  soon.ask();
  vi.advanceTimersByTime(1000);
  expect(work).toHaveBeenCalledOnce();
});
