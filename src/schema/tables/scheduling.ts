import type { StructTable } from '../notation.ts';

/** Where a pod may run. */
export const scheduling: StructTable = {
  Affinity: `
    nodeAffinity *NodeAffinity, podAffinity *PodAffinity, podAntiAffinity *PodAntiAffinity
  `,
  NodeAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution *NodeSelector,
    preferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm
  `,
  NodeSelector: 'nodeSelectorTerms! []NodeSelectorTerm',
  NodeSelectorTerm: `
    matchExpressions []NodeSelectorRequirement, matchFields []NodeSelectorRequirement
  `,
  NodeSelectorRequirement: 'key!, operator! ~NodeSelectorOperator, values []string',
  PreferredSchedulingTerm: 'weight! int32, preference! NodeSelectorTerm',
  PodAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm,
    preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
  `,
  PodAntiAffinity: `
    requiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm,
    preferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm
  `,
  PodAffinityTerm: `
    labelSelector *LabelSelector, namespaces []string, topologyKey!,
    namespaceSelector *LabelSelector, matchLabelKeys []string, mismatchLabelKeys []string
  `,
  WeightedPodAffinityTerm: 'weight! int32, podAffinityTerm! PodAffinityTerm',
  Toleration: `
    key, operator ~TolerationOperator, value, effect ~TaintEffect, tolerationSeconds *int64
  `,
  TopologySpreadConstraint: `
    maxSkew! int32, topologyKey!, whenUnsatisfiable! ~UnsatisfiableConstraintAction,
    labelSelector *LabelSelector, minDomains *int32, nodeAffinityPolicy *~NodeInclusionPolicy,
    nodeTaintsPolicy *~NodeInclusionPolicy, matchLabelKeys []string
  `,
  PodSchedulingGate: 'name!',
  PodSchedulingGroup: 'podGroupName *string',
};
