/** The kinds that hold pod templates, as data. Exports: {@link kindTable}. */
import { parseTemplatePath, type TemplatePath } from './template-path.ts';
import type { TemplatePlace, WorkloadKind } from './workload-kinds.ts';

function workload(group: string, kind: string, ...templates: readonly string[]): WorkloadKind {
  const paths = templates.length === 0 ? ['spec.template'] : templates;
  return { group, kind, places: paths.map(placeOf), templateOptional: false };
}

function placeOf(text: string): TemplatePlace {
  const template: TemplatePath = text === '' ? [] : (parseTemplatePath(text) ?? []);
  return { template, metadata: [...template, 'metadata'] };
}

/** Any version of a group counts. A kind of the same name in another group is another thing. */
export const kindTable: readonly WorkloadKind[] = [
  workload('', 'Pod', ''),
  { ...workload('', 'ReplicationController'), templateOptional: true },
  ...['apps', 'extensions'].flatMap((group) =>
    ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'].map((kind) => workload(group, kind)),
  ),
  workload('batch', 'Job'),
  {
    ...workload('batch', 'CronJob'),
    places: [
      {
        ...placeOf('spec.jobTemplate.spec.template'),
        // Upstream's golden files pin this place, although pods do not get their metadata from it.
        metadata: ['spec', 'jobTemplate', 'metadata'],
      },
    ],
  },
  ...['apps.openshift.io', ''].map((group) => ({
    ...workload(group, 'DeploymentConfig'),
    templateOptional: true,
  })),
  // Kinds that upstream passes through as they are.
  workload('argoproj.io', 'Rollout'),
  workload('serving.knative.dev', 'Service'),
  workload('serving.knative.dev', 'Configuration'),
  ...['CloneSet', 'StatefulSet', 'DaemonSet', 'BroadcastJob'].map((kind) =>
    workload('apps.kruise.io', kind),
  ),
  workload(
    'apps.kruise.io',
    'AdvancedCronJob',
    'spec.template.jobTemplate.spec.template',
    'spec.template.broadcastJobTemplate.spec.template',
  ),
  workload(
    'apps.kruise.io',
    'UnitedDeployment',
    'spec.template.statefulSetTemplate.spec.template',
    'spec.template.advancedStatefulSetTemplate.spec.template',
    'spec.template.cloneSetTemplate.spec.template',
    'spec.template.deploymentTemplate.spec.template',
  ),
];
