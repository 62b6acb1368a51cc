import type { Mistake } from '../explanation.ts';
import { configurationOf } from '../gate.ts';
import { restart } from '../pod-place.ts';
import type { Findings } from './finder.ts';
import { olderPod } from './older-pod.ts';

/** A pod that should have been injected when it was made, and was not. */
export function* cameWithout(findings: Findings): Generator<Mistake> {
  const { subject, gate, now } = findings;
  if (!subject.exists || subject.injected || now !== 'injected') return;
  const [first] = gate.called;
  if (first === undefined || !olderPod(findings).next().done) return;
  const ignores = first.failurePolicy === 'Ignore';
  yield {
    code: ignores ? 'failure-policy-ignore' : 'came-without-sidecar',
    message: ignores
      ? `the pod came without a sidecar although the webhook matches it: with failurePolicy Ignore, pods are made without one when the injector does not answer`
      : 'the pod came without a sidecar although the webhook matches it; labels, webhook or configuration may have been others when it was made',
    object: configurationOf(first),
    field: `webhooks[${first.index}].failurePolicy`,
    remedies: [restart(subject)],
  };
}
