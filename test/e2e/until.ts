import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again until an answer comes that is not undefined. Says what it waited for when none does. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  seconds = 30,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new Error(`waited ${seconds} s for ${what}${reason}`);
}
