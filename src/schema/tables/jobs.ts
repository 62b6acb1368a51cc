import type { StructTable } from '../notation.ts';

/** Jobs, once and by the clock. */
export const jobs: StructTable = {
  Job: '...TypeMeta, metadata! ...ObjectMeta, spec! JobSpec, status! JobStatus',
  JobSpec: `
    parallelism *int32, completions *int32, activeDeadlineSeconds *int64,
    podFailurePolicy *PodFailurePolicy, successPolicy *SuccessPolicy, backoffLimit *int32,
    backoffLimitPerIndex *int32, maxFailedIndexes *int32, selector *LabelSelector,
    manualSelector *bool, template! PodTemplateSpec,
    ttlSecondsAfterFinished=TTLSecondsAfterFinished *int32, completionMode *~CompletionMode,
    suspend *bool, podReplacementPolicy *~PodReplacementPolicy, managedBy *string
  `,
  PodFailurePolicy: 'rules! []PodFailurePolicyRule',
  PodFailurePolicyRule: `
    action! ~PodFailurePolicyAction, onExitCodes *PodFailurePolicyOnExitCodesRequirement,
    onPodConditions []PodFailurePolicyOnPodConditionsPattern
  `,
  PodFailurePolicyOnExitCodesRequirement: `
    containerName *string, operator! ~PodFailurePolicyOnExitCodesOperator, values! []int32
  `,
  PodFailurePolicyOnPodConditionsPattern: 'type! ~PodConditionType, status! ~ConditionStatus',
  SuccessPolicy: 'rules! []SuccessPolicyRule',
  SuccessPolicyRule: 'succeededIndexes *string, succeededCount *int32',
  CronJob: '...TypeMeta, metadata! ...ObjectMeta, spec! CronJobSpec, status! CronJobStatus',
  CronJobSpec: `
    schedule!, timeZone *string, startingDeadlineSeconds *int64,
    concurrencyPolicy ~ConcurrencyPolicy, suspend *bool, jobTemplate! JobTemplateSpec,
    successfulJobsHistoryLimit *int32, failedJobsHistoryLimit *int32
  `,
  JobTemplateSpec: 'metadata! ...ObjectMeta, spec! JobSpec',
  JobStatus: '*',
  CronJobStatus: '*',
};
