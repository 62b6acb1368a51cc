import { isJsonObject } from '../../json.ts';
import type { DecisionStep } from '../types.ts';
import type { Rule } from './rule.ts';

const field = 'spec.hostNetwork';

const onHostNetwork: readonly DecisionStep[] = [
  { rule: 'host network', outcome: 'skip', reason: 'host-network', saw: { field, value: 'true' } },
];
const onPodNetwork: readonly DecisionStep[] = [
  { rule: 'host network', outcome: 'no opinion', saw: { field, value: undefined } },
];

/** A pod on the host's network is never injected: capturing its traffic would capture the node's. */
export const hostNetwork: Rule = ({ pod }) => {
  const spec = pod['spec'];
  return isJsonObject(spec) && spec['hostNetwork'] === true ? onHostNetwork : onPodNetwork;
};
