import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';

/** Texts cannot be told from manifests without parsing; this is what a manifest surely has. */
const looksLikeManifest = /(?:^|[{,])[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?(?:ConfigMap|List)\b/m;

/**
 * The data of the first ConfigMap in a manifest that has `key`: a file as `kubectl get configmap -o yaml`
 * writes it, with one or several objects or Lists of them. Undefined when the text is something else.
 */
export function configMapData(
  text: string,
  key: string,
): Readonly<Record<string, string>> | undefined {
  if (!looksLikeManifest.test(text)) return undefined;
  for (const document of text.split(/^---[ \t]*(?:#.*)?$/m)) {
    for (const object of objectsIn(document)) {
      const { kind, data } = object;
      if (kind !== 'ConfigMap' || !isJsonObject(data) || typeof data[key] !== 'string') continue;
      const texts = Object.entries(data).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      );
      return Object.fromEntries(texts);
    }
  }
  return undefined;
}

function objectsIn(document: string): JsonObject[] {
  let value: JsonValue;
  try {
    value = parseGoYaml(document);
  } catch {
    return [];
  }
  if (!isJsonObject(value)) return [];
  return Array.isArray(value.items) ? value.items.filter(isJsonObject) : [value];
}
