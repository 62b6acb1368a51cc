/** Objects of a cluster as people compare them. Exports: {@link withoutBookkeeping}, {@link objectTitle}, {@link objectTexts}, {@link sameObject}. */
import { stringifyGoYaml } from '../../goyaml/index.ts';
import { groupOf, metadataText, typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { jsonEqual } from '../../json-equal.ts';
import { maskSecrets } from './mask-secrets.ts';

/** Members of the metadata that the API server keeps. */
const kept: ReadonlySet<string> = new Set([
  ...['managedFields', 'resourceVersion', 'generation', 'uid', 'creationTimestamp', 'selfLink'],
]);

/** The object once more, as `kubectl apply` leaves it there: on a line of its own, with a Secret's data in it. */
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without what nobody wrote: the status, and what the API server and kubectl note down in its metadata. */
export function withoutBookkeeping({ status: _, ...object }: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return object;
  const own = without(metadata, (name) => kept.has(name));
  if (isJsonObject(own['annotations'])) {
    const annotations = without(own['annotations'], (name) => name === lastApplied);
    if (Object.keys(annotations).length > 0) own['annotations'] = annotations;
    else delete own['annotations'];
  }
  return { ...object, metadata: own };
}

/** Such as `apps.v1.Deployment.shop.web`, as `kubectl diff` names its files. */
export function objectTitle(object: JsonObject): string {
  const { apiVersion, kind } = typeOf(object);
  const group = groupOf(apiVersion);
  const version = apiVersion.slice(group === '' ? 0 : group.length + 1);
  const names = [metadataText(object, 'namespace'), metadataText(object, 'name')];
  return [group, version, kind, ...names].filter((part) => part !== '').join('.');
}

/** Both objects in YAML with the keys in order; empty for one that is not there. Data of Secrets does not show. */
export function objectTexts(before: JsonObject | undefined, after: JsonObject): [string, string] {
  const [masked, maskedAfter] = maskSecrets(
    before && withoutBookkeeping(before),
    withoutBookkeeping(after),
  );
  return [masked === undefined ? '' : stringifyGoYaml(masked), stringifyGoYaml(maskedAfter)];
}

/** Whether nothing differs but bookkeeping. */
export function sameObject(a: JsonObject, b: JsonObject): boolean {
  return jsonEqual(withoutBookkeeping(a), withoutBookkeeping(b));
}

function without(
  object: JsonObject,
  leaves: (name: string) => boolean,
): { [name: string]: JsonValue } {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !leaves(name)));
}
