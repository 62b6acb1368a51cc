/** Exports: {@link objectsOfFiles}, {@link FoundObject}. */
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { linesBeforeContent } from '../../manifest/documents/lines-before-content.ts';
import { parseDocument } from '../../manifest/documents/parse-document.ts';
import { lineOfValue } from '../configuration/line-of-value.ts';
import type { CliContext } from '../context.ts';
import { eachDocument, throwErrors } from '../documents/each-document.ts';

/** An object, and where it was found. */
export interface FoundObject {
  readonly object: JsonObject;
  /** File and line. */
  readonly source: string;
  /** File and line of a member; undefined when it is not there. */
  sourceOf(path: readonly (string | number)[]): string | undefined;
}

/** Reads every object of some files, Lists taken apart. @throws AggregateError of what is wrong with them */
export async function objectsOfFiles(
  files: readonly string[],
  context: Pick<CliContext, 'stdin'>,
): Promise<FoundObject[]> {
  const found: FoundObject[] = [];
  const errors = await eachDocument(files, context, {
    document(document, name) {
      const object = parseDocument(document);
      if (object === undefined) return;
      const { text, line: first } = document;
      const source = `${name}:${first + linesBeforeContent(text)}`;
      for (const { item, path } of takenApart(object)) {
        const sourceOf: FoundObject['sourceOf'] = (way) => {
          const line = lineOfValue(text, [...path, ...way]);
          return line === undefined ? undefined : `${name}:${first + line - 1}`;
        };
        found.push({ object: item, source, sourceOf });
      }
    },
  });
  throwErrors(errors);
  return found;
}

/** The items of a `List`; those of a `PodList` and the like need not say what they are. */
function* takenApart(
  object: JsonObject,
  path: readonly (string | number)[] = [],
): Generator<{ readonly item: JsonObject; readonly path: readonly (string | number)[] }> {
  const { kind, apiVersion } = typeOf(object);
  const { items } = object;
  if (!kind.endsWith('List') || !Array.isArray(items)) {
    yield { item: object, path };
    return;
  }
  const own = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (const [index, item] of items.entries()) {
    if (isJsonObject(item)) yield* takenApart({ ...own, ...item }, [...path, 'items', index]);
  }
}
