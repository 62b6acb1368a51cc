import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/json.ts';

/** The objects in a file. */
export function readYaml(path: string): JsonObject[] {
  return parseYaml(readFileSync(path, 'utf8'));
}

/** The objects in a text of YAML 1.1 documents. */
export function parseYaml(text: string): JsonObject[] {
  return parseAllDocuments(text, { version: '1.1', merge: true })
    .map((document) => document.toJS() as JsonValue)
    .filter(isJsonObject);
}
