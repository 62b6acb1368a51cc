import { describe, expect, test } from 'vitest';
import { startLoop } from '../../src/certs/tending-loop.ts';
import { TestClock } from './test-clock.ts';

/** A loop whose passes a test ends by hand. */
function testLoop() {
  const clock = new TestClock();
  const passes: { end: (inMs: number) => void; fail: () => void }[] = [];
  const failures: number[] = [];
  const loop = startLoop({
    pass: () =>
      new Promise<Date>((resolve, reject) =>
        passes.push({
          end: (ms) => resolve(new Date(clock.now().getTime() + ms)),
          fail: () => reject(new Error('no')),
        }),
      ),
    failed: (_, count) => failures.push(count),
    clock,
    random: () => 1,
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { clock, passes, failures, loop, settled };
}

describe('a loop', () => {
  test('begins at once, and again when the time has come, but after a minute at the latest', async () => {
    const { clock, passes, settled } = testLoop();
    expect(passes).toHaveLength(1);
    passes[0]!.end(7000);
    await settled();
    expect(clock.next).toBe(7000);
    clock.advance(7000);
    passes[1]!.end(3_600_000);
    await settled();
    expect(clock.next).toBe(60_000);
  });

  test('that is woken runs soon, and once more when it was running already', async () => {
    const { clock, passes, loop, settled } = testLoop();
    loop.wake();
    loop.wake();
    passes[0]!.end(60_000);
    await settled();
    expect(clock.next).toBe(100);
    clock.advance(100);
    expect(passes).toHaveLength(2);
    passes[1]!.end(60_000);
    await settled();
    expect(clock.next).toBe(60_000);
    clock.advance(500);
    loop.wake();
    expect(clock.next).toBe(0);
  });

  test('that fails tries again, ever later, and soon again after a success', async () => {
    const { clock, passes, failures, settled } = testLoop();
    const waits: (number | undefined)[] = [];
    for (let index = 0; index < 12; index++) {
      passes[index]!.fail();
      await settled();
      waits.push(clock.next);
      clock.advance(clock.next ?? 0);
    }
    expect(waits.slice(0, 4)).toEqual([100, 200, 400, 800]);
    expect(waits.at(-1)).toBe(30_000);
    expect(failures.at(-1)).toBe(12);
    passes[12]!.end(1000);
    await settled();
    clock.advance(1000);
    passes[13]!.fail();
    await settled();
    expect(clock.next).toBe(100);
  });

  test('that is stopped lets the pass under way end, and begins no other', async () => {
    const { clock, passes, loop, settled } = testLoop();
    let stopped = false;
    const stop = loop.stop().then(() => {
      stopped = true;
    });
    loop.wake();
    await settled();
    expect(stopped).toBe(false);
    passes[0]!.end(0);
    await stop;
    expect(clock.next).toBeUndefined();
  });
});
