import type { StructTable } from '../notation.ts';

/** The workloads that make pods from a template. */
export const workloads: StructTable = {
  PodTemplateSpec: 'metadata! ...ObjectMeta, spec! PodSpec',
  ReplicationController: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! ReplicationControllerSpec,
    status! ReplicationControllerStatus
  `,
  ReplicationControllerSpec: `
    replicas *int32, minReadySeconds int32, selector {}string, template *PodTemplateSpec
  `,
  Deployment: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! DeploymentSpec, status! DeploymentStatus
  `,
  DeploymentSpec: `
    replicas *int32, selector! *LabelSelector, template! PodTemplateSpec,
    strategy! DeploymentStrategy, minReadySeconds int32, revisionHistoryLimit *int32, paused bool,
    progressDeadlineSeconds *int32
  `,
  DeploymentStrategy: 'type ~DeploymentStrategyType, rollingUpdate *RollingUpdateDeployment',
  RollingUpdateDeployment: 'maxUnavailable *IntOrString, maxSurge *IntOrString',
  DaemonSet: '...TypeMeta, metadata! ...ObjectMeta, spec! DaemonSetSpec, status! DaemonSetStatus',
  DaemonSetSpec: `
    selector! *LabelSelector, template! PodTemplateSpec, updateStrategy! DaemonSetUpdateStrategy,
    minReadySeconds int32, revisionHistoryLimit *int32
  `,
  DaemonSetUpdateStrategy: `
    type ~DaemonSetUpdateStrategyType, rollingUpdate *RollingUpdateDaemonSet
  `,
  RollingUpdateDaemonSet: 'maxUnavailable *IntOrString, maxSurge *IntOrString',
  ReplicaSet: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! ReplicaSetSpec, status! ReplicaSetStatus
  `,
  ReplicaSetSpec: `
    replicas *int32, minReadySeconds int32, selector! *LabelSelector, template! PodTemplateSpec
  `,
  StatefulSet: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! StatefulSetSpec, status! StatefulSetStatus
  `,
  StatefulSetSpec: `
    replicas *int32, selector! *LabelSelector, template! PodTemplateSpec,
    volumeClaimTemplates []PersistentVolumeClaim, serviceName!,
    podManagementPolicy ~PodManagementPolicyType, updateStrategy! StatefulSetUpdateStrategy,
    revisionHistoryLimit *int32, minReadySeconds int32,
    persistentVolumeClaimRetentionPolicy *StatefulSetPersistentVolumeClaimRetentionPolicy,
    ordinals *StatefulSetOrdinals
  `,
  StatefulSetUpdateStrategy: `
    type ~StatefulSetUpdateStrategyType, rollingUpdate *RollingUpdateStatefulSetStrategy
  `,
  RollingUpdateStatefulSetStrategy: 'partition *int32, maxUnavailable *IntOrString',
  StatefulSetPersistentVolumeClaimRetentionPolicy: `
    whenDeleted ~PersistentVolumeClaimRetentionPolicyType,
    whenScaled ~PersistentVolumeClaimRetentionPolicyType
  `,
  StatefulSetOrdinals: 'start! int32',
  ReplicationControllerStatus: 'replicas! int32, *',
  DeploymentStatus: '*',
  DaemonSetStatus: `
    currentNumberScheduled! int32, numberMisscheduled! int32, desiredNumberScheduled! int32,
    numberReady! int32, *
  `,
  ReplicaSetStatus: 'replicas! int32, *',
  StatefulSetStatus: 'replicas! int32, availableReplicas! int32, *',
};
