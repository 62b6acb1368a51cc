import { noticesFor } from '../../inject/hints/notices.ts';
import { workloadNotices } from '../../inject/workload/workload-hints.ts';
import { builtInKinds, findKind, placesIn } from '../../inject/workload/workload-kinds.ts';
import type { Mistake } from '../explanation.ts';
import { fieldText, objectName } from '../object-name.ts';
import { decideAlone, podField } from '../second-gate.ts';
import type { Finder } from './finder.ts';

/** What the engine notices about any pod; admission warnings have the same codes and words. */
export const engineNotices: Finder = function* ({
  subject,
  verdict,
  injector,
}): Generator<Mistake> {
  const { result } = verdict ?? {};
  const notices =
    result !== undefined && result.outcome !== 'failed'
      ? result.notices
      : noticesFor(subject.pod, decideAlone(subject, injector));
  for (const { code, message, path } of notices) {
    yield {
      code,
      message,
      object: subject.name,
      ...(path !== undefined && { field: podField(subject, fieldText(path)) }),
      remedies: [],
    };
  }
};

/** Labels and annotations of a workload that only count on its pods. */
export const misplacedLabels: Finder = function* ({ subject }): Generator<Mistake> {
  const { object, place, owner, namespace } = subject;
  const ownerKind = owner && findKind(builtInKinds, owner);
  const [ownerPlace] = owner && ownerKind ? placesIn(owner, ownerKind) : [];
  for (const [workload, where] of [
    [object, place],
    [owner, ownerPlace],
  ] as const) {
    if (workload === undefined || where === undefined) continue;
    for (const { code, message, path } of workloadNotices(workload, where)) {
      yield {
        code,
        message,
        object: objectName(workload, namespace.name),
        ...(path !== undefined && { field: fieldText(path) }),
        remedies: [],
      };
    }
  }
};
