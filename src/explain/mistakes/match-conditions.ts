import type { Mistake } from '../explanation.ts';
import { configurationOf } from '../gate.ts';
import type { Finder } from './finder.ts';

/** Expressions that only the API server can evaluate may keep the webhook from being called. */
export const matchConditions: Finder = function* ({ gate }): Generator<Mistake> {
  for (const entry of gate.called) {
    if (entry.conditions.length === 0) continue;
    yield {
      code: 'match-conditions',
      message: `whether the matchConditions of ${entry.entry} hold (${entry.conditions.join(', ')}) is not looked at here; they may keep it from being called`,
      object: configurationOf(entry),
      field: `webhooks[${entry.index}].matchConditions`,
      remedies: [],
    };
  }
};
