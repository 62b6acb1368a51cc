/**
 * The kinds of objects that hold pod templates. Exports: {@link WorkloadKind}, {@link WorkloadKinds},
 * {@link TemplatePlace}, {@link builtInKinds}, {@link extendKinds}, {@link findKind}, {@link placesIn},
 * {@link isList}, {@link typeOf}, {@link groupOf}, {@link metadataText}.
 */
import { OutriggerError } from '../../errors.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { kindTable } from './kind-table.ts';
import { expandPath, parseTemplatePath, type TemplatePath } from './template-path.ts';

/** Where objects of one kind keep their pod templates. */
export interface WorkloadKind {
  /** API group, empty for core; any version of it counts. */
  readonly group: string;
  readonly kind: string;
  /** Never empty. Of several, an object may have any. */
  readonly places: readonly TemplatePlace[];
  /** True when Kubernetes lets the template out, in which case upstream refuses (`pkg/kube/inject/inject.go`). */
  readonly templateOptional: boolean;
}

/** Where a pod template is. */
export interface TemplatePlace {
  /** The way to the pod template; empty when the object is itself a pod. */
  readonly template: TemplatePath;
  /** The way to the labels and annotations that injection reads and writes. */
  readonly metadata: TemplatePath;
}

/** Kinds by `group/Kind`. */
export type WorkloadKinds = ReadonlyMap<string, WorkloadKind>;

/** The kinds that are injected unless the user names more. */
export const builtInKinds: WorkloadKinds = new Map(
  kindTable.map((kind) => [`${kind.group}/${kind.kind}`, kind]),
);

const entryForm = /^([^/=\s]*)\/([^/=\s]+)=([^=\s]+)$/;

/**
 * Adds kinds written as `group/Kind=path.to.template`, such as `batch.volcano.sh/Job=spec.tasks[*].template`.
 * Several entries of one kind are several places. Throws OutriggerError `OUTRIGGER_USAGE` for an entry of
 * another form.
 */
export function extendKinds(kinds: WorkloadKinds, entries: readonly string[]): WorkloadKinds {
  const named = new Map<string, WorkloadKind>();
  for (const entry of entries) {
    const [, group = '', kind = '', pathText = ''] = entryForm.exec(entry) ?? [];
    const template = parseTemplatePath(pathText);
    if (kind === '' || template === undefined) {
      throw new OutriggerError('OUTRIGGER_USAGE', `not a kind with a pod template: "${entry}"`, {
        hint: 'Write group/Kind=path, for example apps.example.com/Thing=spec.template; lists as spec.tasks[*].template.',
      });
    }
    const key = `${group}/${kind}`;
    const place = { template, metadata: [...template, 'metadata'] };
    const places = [...(named.get(key)?.places ?? []), place];
    named.set(key, { group, kind, places, templateOptional: false });
  }
  return new Map([...kinds, ...named]);
}

/** The kind of an object; undefined when it is none that holds a pod template. */
export function findKind(kinds: WorkloadKinds, object: JsonObject): WorkloadKind | undefined {
  const { apiVersion, kind } = typeOf(object);
  return kinds.get(`${groupOf(apiVersion)}/${kind}`);
}

/** The pod templates that an object has; without any, the place where one is missing. */
export function placesIn(object: JsonObject, kind: WorkloadKind): readonly TemplatePlace[] {
  const found = kind.places.flatMap(({ template, metadata }) =>
    expandPath(object, template).map((path) => ({
      template: path,
      metadata:
        metadata.length > template.length
          ? [...path, ...metadata.slice(template.length)]
          : metadata,
    })),
  );
  return found.length > 0 ? found : kind.places.slice(0, 1);
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

/** The group of an `apiVersion`; empty for core. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
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
