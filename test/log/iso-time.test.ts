import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isoTimes } from '../../src/log/iso-time.ts';

test('timestamps are those of Date, whatever the clock does', () => {
  const time = fc.oneof(
    fc.integer({ min: 0, max: 3000 }),
    fc.integer({ min: 0, max: 4_102_444_800_000 }),
  );
  fc.assert(
    fc.property(fc.array(time), (times) => {
      let now = 0;
      const stamp = isoTimes(() => now);
      for (now of times) expect(stamp()).toBe(`,"time":"${new Date(now).toISOString()}"`);
    }),
  );
});
