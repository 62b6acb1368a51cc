/** Exports: {@link wrongManifest}. */
import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';
import type { SourceText } from '../configuration/read-sources.ts';
import type { PlacedFinding } from './report-findings.ts';

/**
 * What is wrong with a file that holds a ConfigMap of another kind: read as a template, it would have many mistakes
 * that are none.
 */
export function wrongManifest({ file, fileText }: SourceText): PlacedFinding | undefined {
  if (file === undefined || !/\bkind\b["']?\s*:\s*["']?(?:ConfigMap|List)\b/.test(fileText ?? '')) {
    return undefined;
  }
  let manifest: JsonValue;
  try {
    manifest = parseGoYaml(fileText ?? '');
  } catch {
    return undefined;
  }
  if (!isJsonObject(manifest)) return undefined;
  const { kind, data } = manifest;
  if (kind === 'ConfigMap' && !(isJsonObject(data) && typeof data['config'] === 'string')) {
    const keys = isJsonObject(data) ? Object.keys(data).join(', ') : '';
    const found = keys === '' ? 'no data' : `only ${keys}`;
    return wrong(file, `the ConfigMap has no key config with an injector configuration, ${found}`);
  }
  const items = kind === 'List' && Array.isArray(manifest['items']) ? manifest['items'] : undefined;
  const some = items?.some(
    (item) => isJsonObject(item) && isJsonObject(item['data']) && 'config' in item['data'],
  );
  return some === false
    ? wrong(file, 'none of the objects is a ConfigMap with a key config')
    : undefined;
}

function wrong(file: string, message: string): PlacedFinding {
  return { rule: 'configuration', severity: 'error', file, message };
}
