import { isJsonObject } from '../../json.ts';
import type { Mistake } from '../explanation.ts';
import type { Finder } from './finder.ts';

/** The controller says that the API server did not take its pods. */
export const refusedPods: Finder = function* ({ subject }): Generator<Mistake> {
  const { status } = subject.object;
  const conditions =
    isJsonObject(status) && Array.isArray(status['conditions']) ? status['conditions'] : [];
  for (const [index, condition] of conditions.entries()) {
    if (!isJsonObject(condition) || condition['type'] !== 'ReplicaFailure') continue;
    if (condition['status'] !== 'True') continue;
    yield {
      code: 'pods-refused',
      message: `pods cannot be made: ${String(condition['message'] ?? condition['reason'] ?? 'no reason given')}`,
      object: subject.name,
      field: `status.conditions[${index}]`,
      remedies: [],
    };
  }
};
