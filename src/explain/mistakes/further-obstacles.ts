import type { Mistake } from '../explanation.ts';
import { remediesFor } from '../remedies.ts';
import { chainStep, decideAlone } from '../second-gate.ts';
import type { Finder } from './finder.ts';

/** What would keep the sidecar out even if the webhook were called. */
export const furtherObstacles: Finder = function* ({
  subject,
  gate,
  injector,
}): Generator<Mistake> {
  if (gate.called.length > 0) return;
  const decision = decideAlone(subject, injector);
  const last = decision.steps.at(-1);
  if (decision.inject || last === undefined || decision.reason === gate.reason) return;
  const { message, object, field } = chainStep(last, subject, injector.source);
  yield {
    code: 'further-obstacle',
    message: `even if a webhook were called, there would be no sidecar (${decision.reason}): ${message}`,
    object,
    field,
    remedies: remediesFor(decision.reason, subject, injector),
  };
};
