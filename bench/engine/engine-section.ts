import { answerOf } from '../measure/child-answer.ts';
import type { PodKind } from '../pods/requests.ts';
import type { SettingsFlags } from '../settings.ts';
import type { AnsweringTask } from './measure-answering-again.ts';
import type { InjectionCost, InjectionTask } from './measure-injection.ts';

/** The engine in process, for each kind of pods; and without learning from one pod for the next. */
export interface EngineFigures {
  readonly differing: InjectionCost;
  readonly charted: InjectionCost;
  readonly replicas: InjectionCost;
  readonly differingUnlearnt: InjectionCost;
  /** CPU time for a review of a replica that is answered from memory, from text to text, in microseconds. */
  readonly answeredAgainUs: number;
}

/** A young generation that takes what is allocated between two looks; garbage collection can be asked for. */
const nodeFlags = ['--expose-gc', '--max-semi-space-size=128', '--min-semi-space-size=128'];

/** Measures the engine, each time in a process of its own. */
export async function measureEngine(
  settings: SettingsFlags,
  quick: boolean,
): Promise<EngineFigures> {
  const measure = (kind: PodKind, learn: boolean): Promise<InjectionCost> => {
    const task: InjectionTask = { kind, settings, learn, rounds: quick ? 3 : 9 };
    return answerOf(new URL('measure-injection.ts', import.meta.url), task, nodeFlags);
  };
  return {
    differing: await measure('differing', true),
    charted: await measure('charted', true),
    replicas: await measure('replicas', true),
    differingUnlearnt: await measure('differing', false),
    answeredAgainUs: await answerOf<number>(
      new URL('measure-answering-again.ts', import.meta.url),
      { settings, rounds: quick ? 3 : 9 } satisfies AnsweringTask,
      nodeFlags,
    ),
  };
}
