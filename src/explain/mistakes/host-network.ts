import type { Mistake } from '../explanation.ts';
import { podField } from '../second-gate.ts';
import type { Finder } from './finder.ts';

/** The webhook is called about a pod that it can only send back. */
export const hostNetwork: Finder = function* ({ subject, gate, verdict }): Generator<Mistake> {
  const { decision } = verdict?.result ?? {};
  if (gate.called.length === 0 || decision?.reason !== 'host-network') return;
  yield {
    code: 'host-network',
    message: `injection is on, but the pod uses the host's network, where a sidecar would capture the whole node's traffic; such pods are outside of the mesh`,
    object: subject.name,
    field: podField(subject, 'spec.hostNetwork'),
    remedies: [],
  };
};
