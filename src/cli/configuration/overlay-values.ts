import { parseGoYaml } from '../../goyaml/index.ts';
import { isJsonObject, type JsonValue } from '../../json.ts';

/**
 * Lays values over the embedded ones, key by key, as Helm does: objects are merged, anything else replaces.
 * Both are YAML texts; so is the result. A text that is no mapping is handed on for the engine to refuse.
 */
export function overlayValues(base: string, overlay: string): string {
  const value = parseGoYaml(overlay);
  if (value === null) return base;
  return isJsonObject(value) ? JSON.stringify(merge(parseGoYaml(base), value)) : overlay;
}

function merge(base: JsonValue, overlay: JsonValue): JsonValue {
  if (!isJsonObject(base) || !isJsonObject(overlay)) return overlay;
  const members = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(overlay)) {
    const below = members.get(key);
    members.set(key, below === undefined ? value : merge(below, value));
  }
  return Object.fromEntries(members);
}
