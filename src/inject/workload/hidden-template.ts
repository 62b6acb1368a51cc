/** Exports: {@link findHiddenTemplate}. */
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { anyMember, templatePathText } from './template-path.ts';

/** Deep enough for every operator's resources, and a bound for hostile input. */
const deepest = 12;
const mostNodes = 5_000;

/**
 * Looks for something like a pod template in an object whose kind is not known, so that a user who forgot
 * to register the kind can be told. Gives the first place as `spec.template`, in a list as
 * `spec.tasks[*].template`; undefined when there is none.
 */
export function findHiddenTemplate(object: JsonObject): string | undefined {
  const queue: { readonly value: JsonValue; readonly path: readonly string[] }[] = [
    { value: object, path: [] },
  ];
  for (let next = 0; next < queue.length && next < mostNodes; next++) {
    const { value, path } = queue[next] ?? { value: null, path: [] };
    if (path.length > deepest) continue;
    if (Array.isArray(value)) {
      for (const item of value) push(item, [...path, anyMember]);
    } else if (isJsonObject(value)) {
      if (path.length > 0 && isPodTemplate(value)) return templatePathText(path);
      for (const [key, member] of Object.entries(value)) push(member, [...path, key]);
    }
  }
  return undefined;

  function push(value: JsonValue, path: readonly string[]): void {
    if (queue.length < mostNodes && typeof value === 'object' && value !== null) {
      queue.push({ value, path });
    }
  }
}

/** Only a list counts: a schema (of a CustomResourceDefinition) has `containers` as an object. */
function isPodTemplate(value: JsonObject): boolean {
  const spec = value['spec'];
  if (!isJsonObject(spec)) return false;
  const containers = spec['containers'];
  return (
    Array.isArray(containers) &&
    containers.length > 0 &&
    containers.every(
      (container) => isJsonObject(container) && typeof container['name'] === 'string',
    )
  );
}
