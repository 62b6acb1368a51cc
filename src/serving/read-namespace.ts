import type { NamespaceMeta } from '../inject/types.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/** Of the annotations, only OpenShift's are of use, and others can be large. */
const usefulAnnotation = /^openshift\.io\//;

/** What is of use about a Namespace object. */
export function readNamespace({ metadata }: JsonObject): NamespaceMeta {
  const { labels, annotations } = isJsonObject(metadata) ? metadata : {};
  return {
    labels: Object.fromEntries(textsOf(labels)),
    annotations: Object.fromEntries(
      textsOf(annotations).filter(([name]) => usefulAnnotation.test(name)),
    ),
  };
}

function textsOf(map: JsonValue | undefined): [string, string][] {
  return Object.entries(isJsonObject(map) ? map : {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
}
