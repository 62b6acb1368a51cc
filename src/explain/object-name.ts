/**
 * Names of objects and fields, for people and for command lines. Exports: {@link objectName},
 * {@link objectText}, {@link fieldText}, {@link fieldPath}, {@link labelField}, {@link commandTarget}, {@link inNamespace}.
 */
import { builtInKinds, groupOf, metadataText, typeOf } from '../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ObjectName } from './explanation.ts';

/** The name of an object. @param namespace where it is when it does not say so itself */
export function objectName(object: JsonObject, namespace: string): ObjectName {
  const { kind } = typeOf(object);
  return {
    kind: kind === '' ? 'Pod' : kind,
    namespace: metadataText(object, 'namespace') || namespace,
    name: metadataText(object, 'name') || generatedName(object),
  };
}

function generatedName({ metadata }: JsonObject): string {
  const name = isJsonObject(metadata) ? metadata['generateName'] : undefined;
  return typeof name === 'string' && name !== '' ? `${name}*****` : '';
}

/** Such as `Deployment shop/web`, `Namespace shop`. */
export function objectText({ kind, namespace, name }: ObjectName): string {
  if (name === '') return kind;
  return `${kind} ${namespace === undefined || namespace === '' ? '' : `${namespace}/`}${name}`;
}

const maps: ReadonlySet<unknown> = new Set(['labels', 'annotations', 'templates']);

/** Such as `metadata.labels["istio-injection"]`, `spec.containers[0].image`. */
export function fieldText(path: readonly (string | number)[]): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number' || /^\d+$/.test(step)) return `[${step}]`;
      // Names of labels never look like members, even where they could.
      const named = maps.has(path[index - 1]);
      if (named || !/^[A-Za-z]\w*$/.test(step)) return `[${JSON.stringify(step)}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join('');
}

/** The way that {@link fieldText} wrote. */
export function fieldPath(text: string): (string | number)[] {
  return [...text.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain = '']) => {
      if (quoted !== undefined) return JSON.parse(`"${quoted}"`) as string;
      return index === undefined ? plain : Number(index);
    },
  );
}

/** A label below the metadata at `path`. */
export function labelField(name: string, path: readonly string[] = ['metadata']): string {
  return fieldText([...path, 'labels', name]);
}

/** The object as kubectl takes it, such as `deployment/web`, `rollout.argoproj.io/web`. */
export function commandTarget(object: JsonObject, name: string): string {
  const { apiVersion, kind } = typeOf(object);
  const group = groupOf(apiVersion);
  const own = ['', 'apps', 'batch'].includes(group) || !builtInKinds.has(`${group}/${kind}`);
  const resource = kind.toLowerCase();
  return `${own || group === '' ? resource : `${resource}.${group}`}/${name}`;
}

/** The words of a command line that name a namespace; none without one. */
export function inNamespace(namespace: string | undefined): readonly string[] {
  return namespace === undefined || namespace === '' ? [] : ['-n', namespace];
}
