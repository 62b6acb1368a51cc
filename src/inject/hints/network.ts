import { annotations, labels } from '../annotations.ts';
import { ownString } from '../pod-metadata.ts';
import { type Hint, nothing } from './hint.ts';

/** A pod on the host's network that asks for a sidecar will not get one. */
export const hostNetworkWish: Hint = ({ pod, decision }) => {
  if (decision.reason !== 'host-network') return nothing;
  const wish =
    ownString(pod.labels, labels.inject) ?? ownString(pod.annotations, annotations.inject);
  if (wish !== 'true') return nothing;
  return [
    {
      code: 'host-network',
      path: ['spec', 'hostNetwork'],
      message: `${labels.inject} is "true" but has no effect: the pod uses the host's network (spec.hostNetwork), where a sidecar would capture the whole node's traffic`,
    },
  ];
};

/** With another DNS policy the proxy may not find the control plane (`pkg/kube/inject/webhook.go`, injectPod). */
export const dnsPolicy: Hint = ({ pod, decision }) => {
  const policy = ownString(pod.spec, 'dnsPolicy');
  if (!decision.inject || !policy || policy === 'ClusterFirst') return nothing;
  return [
    {
      code: 'dns-policy',
      path: ['spec', 'dnsPolicy'],
      message: `spec.dnsPolicy is ${JSON.stringify(policy)}; unless it is "ClusterFirst" the proxy may not find the control plane by name`,
    },
  ];
};
