/** Likely mistakes in a pod, told but never fatal. Exports: {@link noticesFor}. */
import { isJsonObject, type JsonObject } from '../../json.ts';
import { podAnnotations, podLabels } from '../pod-metadata.ts';
import type { Decision, Notice } from '../types.ts';
import type { Hint, InjectionFacts } from './hint.ts';
import { hold } from './hold.ts';
import { imageAuto } from './image-auto.ts';
import { injectWish } from './inject-wish.ts';
import { jobNeverEnds } from './job.ts';
import { misspelledNames } from './misspelled-names.ts';
import { dnsPolicy, hostNetworkWish } from './network.ts';

const hints: readonly Hint[] = [
  injectWish,
  misspelledNames,
  hostNetworkWish,
  imageAuto,
  dnsPolicy,
  hold,
  jobNeverEnds,
];

const emptySpec: JsonObject = Object.freeze(Object.create(null));

/**
 * What its author should know about a pod. Never throws, whatever JSON the pod is.
 *
 * @param pod the pod as it came in
 * @param facts left out for a pod that is not injected
 */
export function noticesFor(
  pod: JsonObject,
  decision: Decision,
  facts?: InjectionFacts,
): readonly Notice[] {
  const spec = pod['spec'];
  const subject = {
    pod: {
      labels: podLabels(pod),
      annotations: podAnnotations(pod),
      spec: isJsonObject(spec) ? spec : emptySpec,
    },
    decision,
    facts,
  };
  return hints.flatMap((hint) => hint(subject));
}
