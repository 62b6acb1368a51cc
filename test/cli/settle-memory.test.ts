import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { settleMemory } from '../../src/cli/serve/settle-memory.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('waits until the server has settled, then keeps the heap small and collects what the start left behind', () => {
  const done: string[] = [];
  settleMemory({
    saveMemory: () => done.push('save'),
    collectGarbage: () => done.push('collect'),
  });
  vi.advanceTimersByTime(900);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(200);
  // In this order: how far the heap may grow is worked out when garbage is collected.
  expect(done).toEqual(['save', 'collect']);
});

it('does without where nobody can collect garbage', () => {
  settleMemory({});
  expect(() => vi.advanceTimersByTime(2000)).not.toThrow();
});
