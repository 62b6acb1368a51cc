import type { StructTable } from '../notation.ts';

const containerFields = `
  name!, image, command []string, args []string, workingDir,
  ports []ContainerPort by containerPort, envFrom []EnvFromSource, env []EnvVar by name,
  resources! ResourceRequirements, resizePolicy []ContainerResizePolicy,
  restartPolicy *~ContainerRestartPolicy, restartPolicyRules []ContainerRestartRule,
  volumeMounts []VolumeMount by mountPath, volumeDevices []VolumeDevice by devicePath,
  livenessProbe *Probe, readinessProbe *Probe, startupProbe *Probe, lifecycle *Lifecycle,
  terminationMessagePath, terminationMessagePolicy ~TerminationMessagePolicy,
  imagePullPolicy ~PullPolicy, securityContext *SecurityContext, stdin bool, stdinOnce bool,
  tty bool
`;

/** Containers of all three kinds. */
export const container: StructTable = {
  Container: containerFields,
  EphemeralContainer: '...EphemeralContainerCommon, targetContainerName',
  EphemeralContainerCommon: containerFields,
  ContainerPort: 'name, hostPort int32, containerPort! int32, protocol ~Protocol, hostIP',
  EnvFromSource: 'prefix, configMapRef *ConfigMapEnvSource, secretRef *SecretEnvSource',
  ConfigMapEnvSource: '...LocalObjectReference, optional *bool',
  SecretEnvSource: '...LocalObjectReference, optional *bool',
  EnvVar: 'name!, value, valueFrom *EnvVarSource',
  EnvVarSource: `
    fieldRef *ObjectFieldSelector, resourceFieldRef *ResourceFieldSelector,
    configMapKeyRef *ConfigMapKeySelector, secretKeyRef *SecretKeySelector,
    fileKeyRef *FileKeySelector
  `,
  ObjectFieldSelector: 'apiVersion, fieldPath!',
  ResourceFieldSelector: 'containerName, resource!, divisor! Quantity',
  ConfigMapKeySelector: '...LocalObjectReference, key!, optional *bool',
  SecretKeySelector: '...LocalObjectReference, key!, optional *bool',
  FileKeySelector: 'volumeName!, path!, key!, optional *bool',
  ResourceRequirements: 'limits ResourceList, requests ResourceList, claims []ResourceClaim',
  ResourceClaim: 'name!, request',
  ContainerResizePolicy: `
    resourceName! ~ResourceName, restartPolicy! ~ResourceResizeRestartPolicy
  `,
  ContainerRestartRule: `
    action ~ContainerRestartRuleAction, exitCodes *ContainerRestartRuleOnExitCodes
  `,
  ContainerRestartRuleOnExitCodes: `
    operator ~ContainerRestartRuleOnExitCodesOperator, values []int32
  `,
  VolumeMount: `
    name!, readOnly bool, recursiveReadOnly *~RecursiveReadOnlyMode, mountPath!, subPath,
    mountPropagation *~MountPropagationMode, subPathExpr
  `,
  VolumeDevice: 'name!, devicePath!',
};
