/** What a KRM function says about the items. Exports: {@link FunctionResult}, {@link resultsOf}. */
import type { ObjectResult } from '../../inject/index.ts';
import { templatePathText } from '../../inject/workload/template-path.ts';
import { metadataText, typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import type { SourceDocument } from '../../manifest/documents/source-document.ts';
import { workloadErrors } from '../../manifest/workload-errors.ts';

/** One of the `results` of a ResourceList (the KRM functions specification). */
export type FunctionResult = JsonObject & {
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'info';
};

const pathAnnotations = ['internal.config.kubernetes.io/path', 'config.kubernetes.io/path'];

/** Everything there is to say about an item. */
export function resultsOf(
  item: JsonObject,
  object: ObjectResult,
  document: SourceDocument,
): FunctionResult[] {
  const about = { ...resourceRef(item), ...fileOf(item) };
  const say = (severity: FunctionResult['severity'], message: string): FunctionResult => ({
    message,
    severity,
    ...about,
  });
  return [
    ...workloadErrors(document, object).map(({ message }) => say('error', message)),
    ...object.workloads.flatMap(({ result, warnings }) => [
      ...warnings.map((text) => say('info', text.replace(/^===> /, ''))),
      ...(result.outcome === 'injected' || result.outcome === 'skipped'
        ? result.notices.map(({ message, path }) => ({
            ...say('warning', message),
            ...(path && { field: { path: templatePathText(path.map(String)) } }),
          }))
        : []),
    ]),
  ];
}

function resourceRef(item: JsonObject): JsonObject {
  const namespace = metadataText(item, 'namespace');
  return {
    resourceRef: {
      ...typeOf(item),
      name: metadataText(item, 'name'),
      ...(namespace !== '' && { namespace }),
    },
  };
}

/** The file that the orchestrator read an item from, if it says so. */
function fileOf({ metadata }: JsonObject): JsonObject {
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined;
  if (!isJsonObject(annotations)) return {};
  const name = pathAnnotations.find((candidate) => Object.hasOwn(annotations, candidate));
  const path = name === undefined ? undefined : annotations[name];
  return typeof path === 'string' ? { file: { path } } : {};
}
