import type { StructTable } from '../notation.ts';

/** The pod and what its spec holds besides containers, volumes and scheduling. */
export const pod: StructTable = {
  Pod: '...TypeMeta, metadata! ...ObjectMeta, spec! PodSpec, status! PodStatus',
  PodSpec: `
    volumes []Volume by name, initContainers []Container by name, containers! []Container by name,
    ephemeralContainers []EphemeralContainer by name, restartPolicy ~RestartPolicy,
    terminationGracePeriodSeconds *int64, activeDeadlineSeconds *int64, dnsPolicy ~DNSPolicy,
    nodeSelector {}string, serviceAccountName, serviceAccount=DeprecatedServiceAccount,
    automountServiceAccountToken *bool, nodeName, hostNetwork bool, hostPID bool, hostIPC bool,
    shareProcessNamespace *bool, securityContext *PodSecurityContext,
    imagePullSecrets []LocalObjectReference by name, hostname, subdomain, affinity *Affinity,
    schedulerName, tolerations []Toleration, hostAliases []HostAlias by ip, priorityClassName,
    priority *int32, dnsConfig *PodDNSConfig, readinessGates []PodReadinessGate,
    runtimeClassName *string, enableServiceLinks *bool, preemptionPolicy *~PreemptionPolicy,
    overhead ResourceList, topologySpreadConstraints []TopologySpreadConstraint by topologyKey,
    setHostnameAsFQDN *bool, os *PodOS, hostUsers *bool,
    schedulingGates []PodSchedulingGate by name, resourceClaims []PodResourceClaim by name,
    resources *ResourceRequirements, hostnameOverride *string,
    schedulingGroup *PodSchedulingGroup
  `,
  PodSecurityContext: `
    seLinuxOptions *SELinuxOptions, windowsOptions *WindowsSecurityContextOptions,
    runAsUser *int64, runAsGroup *int64, runAsNonRoot *bool, supplementalGroups []int64,
    supplementalGroupsPolicy *~SupplementalGroupsPolicy, fsGroup *int64, sysctls []Sysctl,
    fsGroupChangePolicy *~PodFSGroupChangePolicy, seccompProfile *SeccompProfile,
    appArmorProfile *AppArmorProfile, seLinuxChangePolicy *~PodSELinuxChangePolicy
  `,
  Sysctl: 'name!, value!',
  HostAlias: 'ip!, hostnames []string',
  PodDNSConfig: 'nameservers []string, searches []string, options []PodDNSConfigOption',
  PodDNSConfigOption: 'name, value *string',
  PodReadinessGate: 'conditionType! ~PodConditionType',
  PodOS: 'name! ~OSName',
  PodResourceClaim: 'name!, resourceClaimName *string, resourceClaimTemplateName *string',
  PodStatus: '*',
};
