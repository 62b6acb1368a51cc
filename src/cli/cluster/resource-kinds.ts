/** What people call the kinds of objects. Exports: {@link resourceKind}, {@link ResourceKind}. */
import { OutriggerError } from '../../errors.ts';
import type { WorkloadKinds } from '../../inject/workload/workload-kinds.ts';
import { nearestName } from '../../settings/nearest-name.ts';

/** A kind that has pods, makes them, or holds them. */
export interface ResourceKind {
  /** Empty for core. */
  readonly group: string;
  readonly kind: string;
}

const namespaces: ResourceKind = { group: '', kind: 'Namespace' };

/** The short names that kubectl knows, too. */
const shortNames: { readonly [kind: string]: readonly string[] } = {
  '/Pod': ['po'],
  '/Namespace': ['ns'],
  '/ReplicationController': ['rc'],
  'apps/Deployment': ['deploy'],
  'apps/DaemonSet': ['ds'],
  'apps/ReplicaSet': ['rs'],
  'apps/StatefulSet': ['sts'],
  'batch/CronJob': ['cj'],
  'apps.openshift.io/DeploymentConfig': ['dc'],
  'argoproj.io/Rollout': ['ro'],
  'serving.knative.dev/Service': ['ksvc', 'kservice'],
  'serving.knative.dev/Configuration': ['kcfg'],
  'apps.kruise.io/CloneSet': ['clone'],
};

/** Groups that the API server has forgotten, or that never were groups. */
const gone: ReadonlySet<string> = new Set(['extensions', '/DeploymentConfig']);

/**
 * The kind behind `deploy`, `deployments`, `deployment.apps`, `ns` and the like.
 *
 * @throws OutriggerError `OUTRIGGER_USAGE` for a kind that has no pods
 */
export function resourceKind(word: string, kinds: WorkloadKinds): ResourceKind {
  const names = new Map<string, ResourceKind>();
  const all = [namespaces, ...kinds.values()].filter(
    ({ group, kind }) => !gone.has(group) && !gone.has(`${group}/${kind}`),
  );
  for (const { group, kind } of all) {
    const own = [kind.toLowerCase(), `${kind.toLowerCase()}s`];
    // A plain "service" is hardly ever Knative's.
    const plain = kind === 'Service' || kind === 'Configuration' ? [] : own;
    const qualified = group === '' ? [] : own.map((name) => `${name}.${group}`);
    for (const name of [...plain, ...qualified, ...(shortNames[`${group}/${kind}`] ?? [])]) {
      if (!names.has(name)) names.set(name, { group, kind });
    }
  }
  const found = names.get(word.toLowerCase());
  if (found !== undefined) return found;
  const near = nearestName(word, names.keys());
  throw new OutriggerError('OUTRIGGER_USAGE', `no kind with pods is called "${word}"`, {
    hint:
      near === undefined
        ? 'Name a pod, a namespace or a workload, such as deploy/web; other kinds with --pod-template.'
        : `Did you mean ${near}?`,
  });
}
