import { expect, test } from 'vitest';
import { createBackoff } from '../../src/kube/backoff.ts';

const times = { firstMs: 100, mostMs: 1000 };

test('waits double up to a limit, and are short again after a success', () => {
  const backoff = createBackoff(times, () => 0);
  expect([1, 2, 3, 4, 5, 6].map(() => backoff.next())).toEqual([100, 200, 400, 800, 1000, 1000]);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});

test('chance takes off up to a half, and what the server asks for comes on top', () => {
  expect(createBackoff(times, () => 1).next()).toBe(50);
  expect(createBackoff(times, () => 1).next(2000)).toBe(2050);
});

test('a thousand failures make no number too large', () => {
  const backoff = createBackoff(times, () => 0);
  for (let index = 0; index < 1000; index++) backoff.next();
  expect(backoff.next()).toBe(1000);
});
