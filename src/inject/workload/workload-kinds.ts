/**
 * The kinds of objects that hold a pod template, as data.
 * Exports: {@link WorkloadKind}, {@link WorkloadKinds}, {@link builtInKinds}, {@link extendKinds},
 * {@link findKind}.
 */
import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';

/** Where an object of one kind keeps its pod template. */
export interface WorkloadKind {
  /** API group, empty for core; any version of it counts. */
  readonly group: string;
  readonly kind: string;
  /** Members on the way to the pod template; empty when the object is itself a pod. */
  readonly template: readonly string[];
  /** Members on the way to the labels and annotations that injection reads and writes. */
  readonly metadata: readonly string[];
  /** True when Kubernetes lets the template out, in which case upstream refuses (`pkg/kube/inject/inject.go`). */
  readonly templateOptional: boolean;
}

/** Kinds by `group/Kind`. */
export type WorkloadKinds = ReadonlyMap<string, WorkloadKind>;

function workload(
  group: string,
  kind: string,
  template: readonly string[] = ['spec', 'template'],
): WorkloadKind {
  return { group, kind, template, metadata: [...template, 'metadata'], templateOptional: false };
}

/** A kind of that name in another group is another thing: Volcano's Job, say, has many templates. */
const table: readonly WorkloadKind[] = [
  workload('', 'Pod', []),
  { ...workload('', 'ReplicationController'), templateOptional: true },
  ...['apps', 'extensions'].flatMap((group) =>
    ['Deployment', 'DaemonSet', 'ReplicaSet', 'StatefulSet'].map((kind) => workload(group, kind)),
  ),
  workload('batch', 'Job'),
  {
    ...workload('batch', 'CronJob', ['spec', 'jobTemplate', 'spec', 'template']),
    // Upstream's golden files pin this place, although pods do not get their metadata from it.
    metadata: ['spec', 'jobTemplate', 'metadata'],
  },
  ...['apps.openshift.io', ''].map((group) => ({
    ...workload(group, 'DeploymentConfig'),
    templateOptional: true,
  })),
];

/** The kinds that are injected unless the user names more. */
export const builtInKinds: WorkloadKinds = new Map(
  table.map((kind) => [`${kind.group}/${kind.kind}`, kind]),
);

const entryForm = /^([^/=\s]*)\/([^/=\s]+)=([^=\s]+)$/;

/**
 * Adds kinds written as `group/Kind=path.to.template`, such as `argoproj.io/Rollout=spec.template`.
 * Throws OutriggerError `OUTRIGGER_USAGE` for an entry of another form.
 */
export function extendKinds(kinds: WorkloadKinds, entries: readonly string[]): WorkloadKinds {
  const extended = new Map(kinds);
  for (const entry of entries) {
    const [, group = '', kind = '', path = ''] = entryForm.exec(entry) ?? [];
    const template = path.split('.');
    if (kind === '' || template.includes('')) {
      throw new OutriggerError('OUTRIGGER_USAGE', `not a workload kind: "${entry}"`, {
        hint: 'write group/Kind=path, for example argoproj.io/Rollout=spec.template',
      });
    }
    extended.set(`${group}/${kind}`, workload(group, kind, template));
  }
  return extended;
}

/** The kind of an object; undefined when it is none that holds a pod template. */
export function findKind(kinds: WorkloadKinds, object: JsonObject): WorkloadKind | undefined {
  const { apiVersion, kind } = typeOf(object);
  return kinds.get(`${groupOf(apiVersion)}/${kind}`);
}

/** True for `v1` `List`, whose items are looked at one by one. */
export function isList(object: JsonObject): boolean {
  const { apiVersion, kind } = typeOf(object);
  return kind === 'List' && groupOf(apiVersion) === '';
}

/** The object's `apiVersion` and `kind`; empty where there is no text. */
export function typeOf(object: JsonObject): {
  readonly apiVersion: string;
  readonly kind: string;
} {
  return { apiVersion: textAt(object, 'apiVersion'), kind: textAt(object, 'kind') };
}

/** A text of the object's metadata; empty where there is none. */
export function metadataText(object: JsonObject, member: 'name' | 'namespace'): string {
  const metadata = object['metadata'];
  return isJsonObject(metadata) ? textAt(metadata, member) : '';
}

function textAt(object: JsonObject, member: string): string {
  const value = object[member];
  return typeof value === 'string' ? value : '';
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
