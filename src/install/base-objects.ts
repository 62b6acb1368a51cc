import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { isJsonObject, type JsonObject } from '../json.ts';
import { packageInfo } from '../package.ts';

/**
 * The objects of manifests/base, in the order of its kustomization. Throws when the installation of the package
 * is broken.
 */
export function baseObjects(): readonly JsonObject[] {
  const folder = join(packageInfo().root, 'manifests', 'base');
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const { resources } = parse(read('kustomization.yaml')) as { resources: readonly string[] };
  return resources.flatMap((name) =>
    parseAllDocuments(read(name)).map((document) => {
      const object: unknown = document.toJS();
      if (isJsonObject(object)) return object;
      throw new Error(`manifests/base/${name} holds something that is no object`);
    }),
  );
}
