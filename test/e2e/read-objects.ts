import { parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonObject } from '../../src/json.ts';

/** The objects of a manifest, lists taken apart. */
export function readObjects(manifest: string): JsonObject[] {
  return parseAllDocuments(manifest, { version: '1.1', merge: true })
    .map((document): unknown => document.toJS())
    .filter(isJsonObject)
    .flatMap((object) =>
      object['kind'] === 'List' ? (object['items'] as JsonObject[]) : [object],
    );
}
