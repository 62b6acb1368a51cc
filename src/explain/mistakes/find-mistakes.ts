/** Everything that is looked for, in the order in which it is told. Exports: {@link findMistakes}. */
import type { Mistake } from '../explanation.ts';
import { ambient } from './ambient.ts';
import { bothNamespaceLabels } from './both-namespace-labels.ts';
import { brokenWebhook } from './broken-webhook.ts';
import { cameWithout } from './came-without.ts';
import { engineNotices, misplacedLabels } from './engine-notices.ts';
import type { Finder, Findings } from './finder.ts';
import { furtherObstacles } from './further-obstacles.ts';
import { hostNetwork } from './host-network.ts';
import { ignoredNamespace } from './ignored-namespace.ts';
import { injectionLabelValue } from './injection-label-value.ts';
import { matchConditions } from './match-conditions.ts';
import { misspelledNamespaceLabel } from './misspelled-namespace-label.ts';
import { olderPod } from './older-pod.ts';
import { refusedPods } from './refused-pods.ts';
import { severalWebhooks } from './several-webhooks.ts';
import { sidecarState } from './sidecar-state.ts';
import { unknownTemplates } from './unknown-templates.ts';
import { unreadWish } from './unread-wish.ts';
import { unservedRevision } from './unserved-revision.ts';

const finders: readonly Finder[] = [
  misspelledNamespaceLabel,
  injectionLabelValue,
  bothNamespaceLabels,
  ignoredNamespace,
  unservedRevision,
  misplacedLabels,
  unreadWish,
  engineNotices,
  hostNetwork,
  unknownTemplates,
  furtherObstacles,
  brokenWebhook,
  refusedPods,
  severalWebhooks,
  matchConditions,
  olderPod,
  cameWithout,
  sidecarState,
  ambient,
];

/** All mistakes, each once: two finders may come across the same. */
export function findMistakes(findings: Findings): Mistake[] {
  const found = new Map<string, Mistake>();
  for (const finder of finders) {
    for (const mistake of finder(findings)) {
      const key = JSON.stringify([mistake.code, mistake.object, mistake.field]);
      if (!found.has(key)) found.set(key, mistake);
    }
  }
  return [...found.values()];
}
