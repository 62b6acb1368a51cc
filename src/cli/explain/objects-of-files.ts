/** Exports: {@link objectsOfFiles}, {@link FoundObject}. */
import { typeOf } from '../../inject/workload/workload-kinds.ts';
import { isJsonObject, type JsonObject } from '../../json.ts';
import { linesBeforeContent } from '../../manifest/documents/lines-before-content.ts';
import { parseDocument } from '../../manifest/documents/parse-document.ts';
import type { CliContext } from '../context.ts';
import { eachDocument, throwErrors } from '../documents/each-document.ts';

/** An object, and where it was found. */
export interface FoundObject {
  readonly object: JsonObject;
  /** File and line. */
  readonly source: string;
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
      const source = `${name}:${document.line + linesBeforeContent(document.text)}`;
      for (const one of takenApart(object)) found.push({ object: one, source });
    },
  });
  throwErrors(errors);
  return found;
}

/** The items of a `List`; those of a `PodList` and the like need not say what they are. */
function takenApart(object: JsonObject): JsonObject[] {
  const { kind, apiVersion } = typeOf(object);
  const { items } = object;
  if (!kind.endsWith('List') || !Array.isArray(items)) return [object];
  const own = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.filter(isJsonObject).flatMap((item) => takenApart({ ...own, ...item }));
}
