import type { StructTable } from '../notation.ts';

/** OpenShift's DeploymentConfig, the one foreign workload that upstream injects. */
export const openshift: StructTable = {
  DeploymentConfig: `
    ...TypeMeta, metadata! ...ObjectMeta, spec! DeploymentConfigSpec, status! DeploymentConfigStatus
  `,
  DeploymentConfigSpec: `
    strategy! DeploymentConfigStrategy, minReadySeconds int32, triggers! []DeploymentTriggerPolicy,
    replicas! int32, revisionHistoryLimit *int32, test! bool, paused bool, selector {}string,
    template *PodTemplateSpec
  `,
  'DeploymentConfigStrategy as v1.DeploymentStrategy': `
    type ~DeploymentStrategyType, customParams *CustomDeploymentStrategyParams,
    recreateParams *RecreateDeploymentStrategyParams,
    rollingParams *RollingDeploymentStrategyParams, resources! ResourceRequirements,
    labels {}string, annotations {}string, activeDeadlineSeconds *int64
  `,
  CustomDeploymentStrategyParams: 'image, environment []EnvVar, command []string',
  RecreateDeploymentStrategyParams: `
    timeoutSeconds *int64, pre *LifecycleHook, mid *LifecycleHook, post *LifecycleHook
  `,
  RollingDeploymentStrategyParams: `
    updatePeriodSeconds *int64, intervalSeconds *int64, timeoutSeconds *int64,
    maxUnavailable *IntOrString, maxSurge *IntOrString, pre *LifecycleHook, post *LifecycleHook
  `,
  LifecycleHook: `
    failurePolicy! ~LifecycleHookFailurePolicy, execNewPod *ExecNewPodHook, tagImages []TagImageHook
  `,
  ExecNewPodHook: 'command! []string, env []EnvVar, containerName!, volumes []string',
  TagImageHook: 'containerName!, to! ObjectReference',
  DeploymentTriggerPolicy: `
    type ~DeploymentTriggerType, imageChangeParams *DeploymentTriggerImageChangeParams
  `,
  DeploymentTriggerImageChangeParams: `
    automatic bool, containerNames []string, from! ObjectReference, lastTriggeredImage
  `,
  DeploymentConfigStatus: `
    latestVersion! int64, observedGeneration! int64, replicas! int32, updatedReplicas! int32,
    availableReplicas! int32, unavailableReplicas! int32, *
  `,
};
