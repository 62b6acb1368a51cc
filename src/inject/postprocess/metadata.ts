import { annotations as annotationNames, labels as labelNames } from '../annotations.ts';
import { injectionStatusText } from '../injection-status.ts';
import { annotationsOf, labelsOf } from '../pod.ts';
import type { PostprocessStep } from './step.ts';

/**
 * Writes the pod's network, the record of this injection, and the annotations that the configuration sets
 * on every pod; those come last and can override anything (`pkg/kube/inject/webhook.go`, applyMetadata).
 */
export const setMetadata: PostprocessStep = (pod, context) => {
  const { proxyEnv, templatePod, revision, injectedAnnotations } = context;
  const network = proxyEnv.get('ISTIO_META_NETWORK');
  const annotations = {
    ...annotationsOf(pod),
    [annotationNames.status]: injectionStatusText(templatePod, revision),
    ...(injectedAnnotations.size > 0 && Object.fromEntries(injectedAnnotations)),
  };
  const metadata = { ...pod.metadata, annotations };
  if (network === undefined) return { ...pod, metadata };
  const labels = { ...labelsOf(pod), [labelNames.network]: network };
  return { ...pod, metadata: { ...metadata, labels } };
};
