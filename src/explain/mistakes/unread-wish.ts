import { annotations, labels, namespaceLabels } from '../../inject/annotations.ts';
import type { Mistake } from '../explanation.ts';
import { labelField } from '../object-name.ts';
import { writePod } from '../pod-place.ts';
import { podField } from '../second-gate.ts';
import type { Finder } from './finder.ts';

/** What a pod asks for, where nobody reads it. */
export const unreadWish: Finder = function* ({ subject, gate }): Generator<Mistake> {
  const { labels: own, annotations: noted, namespaceLabels: around } = subject;
  if (around === undefined) return;
  const winner = [namespaceLabels.injection, namespaceLabels.revision].find((name) =>
    Object.hasOwn(around, name),
  );
  const revision = own[labels.revision];
  if (revision !== undefined && winner !== undefined && revision !== around[winner]) {
    yield {
      code: 'pod-revision-unread',
      message: `label ${labels.revision} of the pod counts for nothing: its namespace has ${winner}=${around[winner]}, which wins`,
      object: subject.name,
      field: podField(subject, labelField(labels.revision)),
      remedies: [],
    };
  }
  if (gate.called.length > 0) return;
  if (noted[annotations.inject] === 'true' && own[labels.inject] === undefined) {
    yield {
      code: 'annotation-unread',
      message: `annotation ${annotations.inject} is "true", but the selectors of webhooks only see labels, so the injector never hears of it`,
      object: subject.name,
      field: podField(subject, `metadata.annotations[${JSON.stringify(annotations.inject)}]`),
      remedies: [writePod(subject, 'labels', labels.inject, 'true', 'Make it a label of the pods')],
    };
  }
  if (own[labels.inject] === 'true' && winner !== undefined) {
    yield {
      code: 'pod-wish-overruled',
      message: `label ${labels.inject} of the pod is "true", but ${winner}=${around[winner]} of its namespace wins`,
      object: subject.name,
      field: podField(subject, labelField(labels.inject)),
      remedies: [],
    };
  }
};
