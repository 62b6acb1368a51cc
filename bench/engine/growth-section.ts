import { answerOf } from '../measure/child-answer.ts';
import type { SettingsFlags } from '../settings.ts';

/** How time grows with one size of the input. */
export interface Growth {
  /** Times that the size is larger. */
  readonly factor: number;
  /** CPU time for the small and the large one, in microseconds. */
  readonly smallUs: number;
  readonly largeUs: number;
  /** How many times as long the large one takes. */
  readonly times: number;
  /** Whether that is no more than the factor, give or take what such a measurement may be off. */
  readonly linear: boolean;
}

/** Growth by what grows. */
export type GrowthFigures = { readonly [name: string]: Growth };

/** Measures how the engine's time grows with its input, in a process of its own. */
export function measureGrowth(settings: SettingsFlags, quick: boolean): Promise<GrowthFigures> {
  const task = { settings, rounds: quick ? 5 : 15 };
  return answerOf(new URL('measure-growth.ts', import.meta.url), task);
}
